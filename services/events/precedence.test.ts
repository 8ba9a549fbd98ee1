import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Precedence } from './precedence.ts';

/** Whether a turn comes before the timers of the next 30 ms. */
async function comesAtOnce(precedence: Precedence): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 30));
  return Promise.race([precedence.turn().then(() => true), later]);
}

test('slow work stands back while the fast lane is pressed, and not while it reads a few', async () => {
  const precedence = new Precedence();
  precedence.fastRead(5);
  assert.equal(await comesAtOnce(precedence), true);
  precedence.fastRead(500);
  assert.equal(await comesAtOnce(precedence), false);
});

test('slow work that has stood back for long goes on until it has caught up', async () => {
  const precedence = new Precedence(40);
  const pressed = setInterval(() => precedence.fastRead(500), 1);
  precedence.fastRead(500);
  await precedence.turn();
  assert.equal(await comesAtOnce(precedence), true);
  precedence.caughtUp();
  assert.equal(await comesAtOnce(precedence), false);
  clearInterval(pressed);
});
