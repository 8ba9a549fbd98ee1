import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Door } from './door.ts';
import type { Watching } from './media.ts';

const viewer = { role: 'viewer' as const, areas: ['yard'] };
const within = (room: string, user: string): Watching => ({ room, user, session: `of ${user}`, identity: user });

/** A door over these rooms, where everybody but `gone` has an open session for the yard. */
function doorOver(rooms: Watching[], { gone = '', failing = (): boolean => false } = {}) {
  const [out, told]: [string[], string[]] = [[], []];
  const door = new Door({
    media: {
      watching: async () => (failing() ? Promise.reject(new Error('unreachable')) : rooms),
      putOut: async ({ room, user }) => void out.push(`${user} of ${room}`),
    },
    sessions: {
      admitted: async (ids) => new Map(ids.filter((id) => id !== `of ${gone}`).map((id) => [id, viewer])),
    },
    logger: { info: () => {}, warn: () => void told.push('failed') },
  });
  return { door, out, told };
}

test('who may not see an area, or whose session has ended, is put out, and nobody else', async () => {
  const { door, out } = doorOver([within('yard', 'ann'), within('vault', 'ann'), within('yard', 'bob')], {
    gone: 'bob',
  });
  await door.look();
  assert.deepEqual(out, ['ann of vault', 'bob of yard']);
});

test('when one user has changed nobody else is looked at', async () => {
  const { door, out } = doorOver([within('vault', 'ann'), within('vault', 'bob')]);
  await door.look('bob');
  assert.deepEqual(out, ['bob of vault']);
});

test('what could not be done is told once, and done at the next look', async () => {
  let failures = 2;
  const { door, out, told } = doorOver([within('vault', 'ann')], { failing: () => failures-- > 0 });
  for (let look = 0; look < 3; look += 1) await door.look();
  assert.deepEqual([told, out], [['failed'], ['ann of vault']]);
});
