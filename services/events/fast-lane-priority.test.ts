import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FastLanePriority } from './fast-lane-priority.ts';

/** A clock that stands still, so that what is pressed stays so until it is moved on (ms). */
function stoppedClock(t: TestContext): { moveOn(ms: number): void } {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  return {
    moveOn: (ms) => {
      now += ms;
    },
  };
}

/** Whether a turn comes within the next rounds of the event loop, without a pause. */
async function comesAtOnce(turn: Promise<void>): Promise<boolean> {
  const rounds = async () => {
    for (let round = 0; round < 3; round += 1) await nextTurn();
    return false;
  };
  return Promise.race([turn.then(() => true), rounds()]);
}

test('slow work stands back while the fast lane is pressed, and not while it reads a few', async (t) => {
  const clock = stoppedClock(t);
  const priority = new FastLanePriority();
  priority.fastLaneRead(5);
  assert.equal(await comesAtOnce(priority.turn()), true);
  priority.fastLaneRead(500);
  const turn = priority.turn();
  assert.equal(await comesAtOnce(turn), false);
  clock.moveOn(1_000);
  await turn;
});

test('slow work that has stood back for long goes on until it has caught up', async (t) => {
  const clock = stoppedClock(t);
  const priority = new FastLanePriority(40);
  priority.fastLaneRead(500);
  await priority.turn();
  assert.equal(await comesAtOnce(priority.turn()), true);
  priority.caughtUp();
  const turn = priority.turn();
  assert.equal(await comesAtOnce(turn), false);
  clock.moveOn(1_000);
  await turn;
});
