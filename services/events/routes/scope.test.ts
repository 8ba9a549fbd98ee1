import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Directory } from '@sightline/service';
import { createTestGuard } from '@sightline/service/testing';
import { stillVisible } from './scope.ts';

const directory: Directory = {
  find: (camera) => ({ camera, site: 'north', area: 'yard', name: camera, position: 1, retired: false }),
  list: () => [],
  onChange: () => () => true,
  ready: Promise.resolve(),
};

test('who has lost his right to a camera, or whose session has ended, sees it no more', async () => {
  const { guard, known, token } = await createTestGuard();
  const principal = await guard.verify(await token({ areas: ['yard'] }));
  const look = () => stillVisible({ directory, guard }, principal, 'cam7');
  look();
  const rights = { user: principal.user, role: 'viewer', active: true } as const;
  known.learn(`user.${principal.user}`, { ...rights, areas: [], position: 2 });
  assert.throws(look, /no such camera/);
  known.learn(`user.${principal.user}`, { ...rights, areas: ['yard'], position: 3 });
  look();
  known.learn(`session.${principal.session}`, { session: principal.session, at: new Date().toISOString() });
  assert.throws(look, /no such camera/);
});
