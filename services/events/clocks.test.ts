import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clocks } from './clocks.ts';

const start = 1_700_000_000_000;

function heard(): { clocks: Clocks; lines: string[] } {
  const lines: string[] = [];
  const say = (level: string) => (told: unknown) =>
    void lines.push(
      `${level} ${(told as { worker: string; state: string }).worker} ${(told as { state: string }).state}`,
    );
  return { clocks: new Clocks({ warn: say('warn'), info: say('info') } as never), lines };
}

const detection = (worker: string, capturedMs: number, errorUs: number | null = null) => ({
  worker: { id: worker, run: worker === 'flat' ? 'flat' : 'r1' },
  camera: 'gate',
  capturedAtUs: capturedMs * 1000,
  clock: { name: 'worker', errorUs },
});

/** Messages of a worker whose clock is ahead by so much (ms), one every 250 ms. */
function hear(clocks: Clocks, worker: string, aheadMs: number, count = 8): void {
  for (let at = start; at < start + count * 250; at += 250) clocks.learn(detection(worker, at + aheadMs), at);
}

test('a detection carries the error that its clock is known to have, and its time as it was told', () => {
  const { clocks } = heard();
  hear(clocks, 'fast', 3_000);
  hear(clocks, 'right', -80);
  const marked = clocks.mark(detection('fast', start));
  assert.deepEqual([marked.clock, marked.capturedAtUs], [{ name: 'worker', errorUs: 3_000_000 }, start * 1000]);
  assert.equal(clocks.mark(detection('fast', start, 9_000_000)).clock.errorUs, 9_000_000);
  assert.equal(clocks.mark(detection('right', start)).clock.errorUs, null);
  assert.equal(clocks.mark(detection('never heard', start, 5)).clock.errorUs, 5);
});

test('a change is one line of the log, and what is wrong stands first', () => {
  const { clocks, lines } = heard();
  hear(clocks, 'a', -80);
  hear(clocks, 'z', 3_000, 80);
  hear(clocks, 'flat', -80);
  assert.deepEqual(lines, ['warn z ahead']);
  assert.deepEqual(
    clocks.views().map(({ worker, state, delayMs }) => [worker, state, delayMs]),
    [
      ['z', 'ahead', -3_000],
      ['a', 'plausible', 80],
      ['flat gate', 'plausible', 80],
    ],
  );
});

test('who is not heard any more is forgotten, and invented workers are bounded', () => {
  const { clocks } = heard();
  for (let each = 0; each < 2_000; each += 1) clocks.learn(detection(`w${each}`, start), start);
  assert.equal(clocks.mark(detection('w1', start)).clock.errorUs, null);
  clocks.learn(detection('later', start + 700_000), start + 700_000);
  assert.deepEqual(
    clocks.views().map(({ worker }) => worker),
    ['later'],
  );
});
