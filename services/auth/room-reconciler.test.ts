import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Participant } from './media.ts';
import { RoomReconciler } from './room-reconciler.ts';

const viewer = { role: 'viewer' as const, areas: ['yard'] };
const within = (room: string, user: string): Participant => ({ room, user, session: `of ${user}`, identity: user });

/** Reconciles these rooms, where everybody but `gone` has an open session for the yard. */
function reconcilerOf(participants: Participant[], { gone = '', failing = (): boolean => false } = {}) {
  const [out, told]: [string[], string[]] = [[], []];
  const rooms = new RoomReconciler({
    media: {
      viewers: async () => (failing() ? Promise.reject(new Error('unreachable')) : participants),
      remove: async ({ room, user }) => void out.push(`${user} of ${room}`),
    },
    sessions: {
      admitted: async (ids) => new Map(ids.filter((id) => id !== `of ${gone}`).map((id) => [id, viewer])),
    },
    logger: { info: () => {}, warn: () => void told.push('failed') },
  });
  return { rooms, out, told };
}

test('who may not see an area, or whose session has ended, is removed, and nobody else', async () => {
  const { rooms, out } = reconcilerOf([within('yard', 'ann'), within('vault', 'ann'), within('yard', 'bob')], {
    gone: 'bob',
  });
  await rooms.reconcile();
  assert.deepEqual(out, ['ann of vault', 'bob of yard']);
});

test('when one user has changed nobody else is looked at', async () => {
  const { rooms, out } = reconcilerOf([within('vault', 'ann'), within('vault', 'bob')]);
  await rooms.reconcile('bob');
  assert.deepEqual(out, ['bob of vault']);
});

test('what could not be done is told once, and done the next time', async () => {
  let failures = 2;
  const { rooms, out, told } = reconcilerOf([within('vault', 'ann')], { failing: () => failures-- > 0 });
  for (let time = 0; time < 3; time += 1) await rooms.reconcile();
  assert.deepEqual([told, out], [['failed'], ['ann of vault']]);
});
