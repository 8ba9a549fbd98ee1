import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OffsetLearner } from './offset.ts';
import { laterBy } from './rtp.ts';
import { SeenFrames } from './seen-frames.ts';

const step = 6_000;
const offset = 4_294_960_000;

/** Frames of these names at the camera's rhythm; their RTP times run over the wrap. */
function frames(...keys: string[]): SeenFrames {
  const seen = new SeenFrames();
  for (const [index, key] of keys.entries())
    seen.add({ rtp: laterBy(index * step, offset), key, receivedAt: index * 67 });
  return seen;
}
const analysed = (key: string, index: number) => ({ key, ticks: index * step });
const at = (index: number) => laterBy(index * step, offset);

test('a name that stands for one frame names it at once', () => {
  const learner = new OffsetLearner();
  assert.deepEqual(learner.name(analysed('b', 1), frames('a', 'b', 'c')), { rtp: at(1), checked: true });
  assert.equal(learner.known, false);
});

test('two names that agree give the offset, and a frame is known before it has come', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'c');
  learner.name(analysed('a', 0), seen);
  learner.name(analysed('b', 1), seen);
  assert.deepEqual(learner.name(analysed('z', 9), seen), { rtp: at(9), checked: false });
});

test('in a scene that stands still the offset tells equal frames apart', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'same', 'same', 'same');
  learner.name(analysed('a', 0), seen);
  learner.name(analysed('b', 1), seen);
  assert.deepEqual(learner.name(analysed('same', 3), seen), { rtp: at(3), checked: true });
});

test('equal frames alone name nothing', () => {
  assert.equal(new OffsetLearner().name(analysed('same', 1), frames('same', 'same', 'same')), undefined);
});

test('of equal frames that lie far apart the clocks choose, and they teach the offset', () => {
  const learner = new OffsetLearner();
  const turn = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o'];
  const seen = frames(...turn, ...turn, ...turn);
  const by = (index: number) => () => ({ rtp: at(index + 1), errorMs: 67 });
  assert.deepEqual(learner.name(analysed('c', 17), seen, by(17)), { rtp: at(17), checked: true });
  assert.deepEqual(learner.name(analysed('d', 18), seen, by(18)), { rtp: at(18), checked: true });
  assert.deepEqual(learner.name(analysed('c', 32), seen), { rtp: at(32), checked: true });
});

test('of equal frames that clocks may mistake none is named', () => {
  const by = (index: number, errorMs: number) => () => ({ rtp: at(index), errorMs });
  const seen = frames('a', 'b', 'c', 'd', 'a', 'b', 'c', 'd');
  assert.equal(new OffsetLearner().name(analysed('c', 6), seen, by(6, 67)), undefined);
  const still = frames('a', ...Array.from({ length: 30 }, (_, index) => `${index}`), 'a');
  assert.equal(new OffsetLearner().name(analysed('a', 31), still, by(15, 67)), undefined);
  assert.equal(new OffsetLearner().name(analysed('a', 31), still, by(31, 3_000)), undefined);
});

test('a session that began anew is learned anew, and names nothing wrong on the way', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  learner.name(analysed('a', 0), seen);
  learner.name(analysed('b', 1), seen);
  const restarted = (key: string, index: number) => ({ key, ticks: index * step + 2 * step });
  const told = ['c', 'd', 'e', 'f'].map((key, index) => learner.name(restarted(key, index + 2), seen)?.rtp);
  assert.deepEqual(told, [at(2), at(3), at(4), at(5)]);
  assert.equal(learner.name(restarted('g', 6), seen)?.rtp, at(6));
});

test('without a time stamp the name alone has to do', () => {
  const named = new OffsetLearner().name({ key: 'b', ticks: undefined }, frames('a', 'b'));
  assert.equal(named?.rtp, at(1));
});
