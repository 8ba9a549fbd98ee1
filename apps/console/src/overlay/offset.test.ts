import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OffsetLearner } from './offset.ts';
import { laterBy } from './rtp.ts';
import { SeenFrames } from './seen-frames.ts';

const step = 6_000;
const offset = 4_294_960_000;

/** Frames of these names at the camera's rhythm, after others; their RTP times run over the wrap. */
function frames(...keys: string[]): SeenFrames {
  const seen = new SeenFrames();
  for (let index = -20; index < 0; index += 1) seen.add({ rtp: at(index), key: `before ${index}`, receivedAt: 0 });
  for (const [index, key] of keys.entries())
    seen.add({ rtp: laterBy(index * step, offset), key, receivedAt: index * 67 });
  return seen;
}
const analysed = (key: string, index: number) => ({ key, ticks: index * step });
const at = (index: number) => laterBy(index * step, offset);
/** Clocks that expect a frame there. */
const by =
  (index: number, errorMs = 67) =>
  () => ({ rtp: at(index), errorMs });
/** As many unlike names as that, from `first` on. */
const unlike = (count: number, first = 0) => Array.from({ length: count }, (_, index) => `${first + index}`);
/** Two seconds of frames. */
const turn = unlike(30);

test('a name that stands for one frame names it at once where the clocks expect it', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'c');
  assert.equal(learner.name(analysed('b', 1), seen), undefined);
  assert.deepEqual(learner.name(analysed('b', 1), seen, by(2)), { rtp: at(1), checked: true });
  assert.equal(learner.known, false);
});

test('where clocks are wrong a name names its frame once none has come twice for long', () => {
  const wrong = by(40);
  assert.equal(new OffsetLearner().name(analysed('90', 90), frames(...unlike(100)), wrong), undefined);
  assert.equal(new OffsetLearner().name(analysed('90', 90), frames(...unlike(160)), wrong)?.rtp, at(90));
  assert.equal(new OffsetLearner().name(analysed('90', 90), frames(...unlike(160), '5'), wrong), undefined);
});

test('who has just come, or has missed frames, cannot know whether a name comes again within moments', () => {
  const came = new SeenFrames();
  for (const index of turn.keys()) came.add({ rtp: at(index), key: `${index}`, receivedAt: 0 });
  assert.equal(new OffsetLearner().name(analysed('9', 9), came, by(9)), undefined);
  assert.equal(new OffsetLearner().name(analysed('19', 19), came, by(19))?.rtp, at(19));
  for (const index of turn.keys()) came.add({ rtp: at(index + 70), key: `later ${index}`, receivedAt: 0 });
  assert.equal(new OffsetLearner().name(analysed('later 9', 79), came, by(79)), undefined);
});

test('clocks that are known to be wrong by seconds tell no turn', () => {
  assert.equal(new OffsetLearner().name(analysed('3', 3), frames(...turn), by(3, 3_000)), undefined);
});

test('two names that agree give the offset, and a frame is known once it has come', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'c');
  learner.name(analysed('a', 0), seen, by(0));
  learner.name(analysed('b', 1), seen, by(1));
  assert.equal(learner.name(analysed('z', 9), seen), undefined);
  seen.add({ rtp: at(9), key: 'z', receivedAt: 0 });
  assert.deepEqual(learner.name(analysed('z', 9), seen), { rtp: at(9), checked: true });
});

test('in a scene that stands still the offset tells equal frames apart', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'same', 'same', 'same');
  learner.name(analysed('a', 0), seen, by(0));
  learner.name(analysed('b', 1), seen, by(1));
  assert.deepEqual(learner.name(analysed('same', 3), seen), { rtp: at(3), checked: true });
});

test('equal frames alone name nothing', () => {
  assert.equal(new OffsetLearner().name(analysed('same', 1), frames('same', 'same', 'same')), undefined);
});

test('of equal frames that lie far apart the clocks choose, and they teach the offset', () => {
  const learner = new OffsetLearner();
  const seen = frames(...turn, ...turn, ...turn);
  assert.deepEqual(learner.name(analysed('2', 32), seen, by(33)), { rtp: at(32), checked: true });
  assert.deepEqual(learner.name(analysed('3', 33), seen, by(34)), { rtp: at(33), checked: true });
  assert.deepEqual(learner.name(analysed('2', 62), seen), { rtp: at(62), checked: true });
});

test('neither the turn before nor the one after stands for a frame that has not come', () => {
  const learner = new OffsetLearner();
  const before = frames(...turn, '0', '1');
  assert.equal(learner.name(analysed('2', 32), before, by(32)), undefined);
  assert.equal(learner.name(analysed('3', 33), before, by(33)), undefined);
  const after = frames(...turn);
  assert.equal(learner.name(analysed('2', -28), after, by(-28)), undefined);
  assert.equal(learner.name(analysed('3', -27), after, by(-27)), undefined);
  assert.equal(learner.known, false);
});

test('an offset of another turn is forgotten once the clocks are sure', () => {
  for (const off of [-30, 30]) {
    const learner = new OffsetLearner();
    const seen = frames(...turn, ...turn, ...turn);
    for (const index of [32, 33]) learner.name(analysed(`${index - 30}`, index), seen, by(index + off));
    assert.equal(learner.known, true);
    const told = [34, 35, 36, 37].map((index) => learner.name(analysed(`${index - 30}`, index), seen, by(index))?.rtp);
    assert.deepEqual(told, [at(34), at(35), at(36), at(37)]);
    assert.equal(learner.name(analysed('9', 39), seen)?.rtp, at(39));
  }
});

test('an offset of a turn that is still to come is forgotten too', () => {
  const learner = new OffsetLearner();
  const seen = frames(...turn, ...turn);
  for (const index of [2, 3]) learner.name(analysed(`${index}`, index), seen, by(index + 30));
  for (const index of [44, 45]) learner.name(analysed(`${index - 30}`, index), seen, by(index));
  assert.equal(learner.name(analysed('16', 46), seen, by(46))?.rtp, at(46));
  assert.equal(learner.name(analysed('17', 47), seen, by(47))?.rtp, at(47));
  assert.equal(learner.name(analysed('18', 48), seen)?.rtp, at(48));
});

test('of equal frames that clocks may mistake none is named', () => {
  const seen = frames('a', 'b', 'c', 'd', 'a', 'b', 'c', 'd');
  assert.equal(new OffsetLearner().name(analysed('c', 6), seen, by(6)), undefined);
  const still = frames('a', ...unlike(30), 'a');
  assert.equal(new OffsetLearner().name(analysed('a', 31), still, by(15)), undefined);
  assert.equal(new OffsetLearner().name(analysed('a', 31), still, by(31, 1_000)), undefined);
});

test('a session that began anew is learned anew, and names nothing wrong on the way', () => {
  const learner = new OffsetLearner();
  const seen = frames('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  learner.name(analysed('a', 0), seen, by(0));
  learner.name(analysed('b', 1), seen, by(1));
  const restarted = (key: string, index: number) => ({ key, ticks: index * step + 2 * step });
  const told = ['c', 'd', 'e', 'f'].map(
    (key, index) => learner.name(restarted(key, index + 2), seen, by(index + 2))?.rtp,
  );
  assert.deepEqual(told, [at(2), at(3), at(4), at(5)]);
  assert.equal(learner.name(restarted('g', 6), seen, by(6))?.rtp, at(6));
});

test('without a time stamp the name alone has to do', () => {
  const named = new OffsetLearner().name({ key: 'b', ticks: undefined }, frames('a', 'b'), by(1));
  assert.equal(named?.rtp, at(1));
});
