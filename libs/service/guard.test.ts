import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardOf, Knowledge, maySee } from './guard.ts';
import { createTestGuard } from './testing.ts';

const refused = (code: string) => (error: unknown) =>
  error instanceof Error && 'explanation' in error && (error.explanation as { code?: string }).code === code;

test('a good token names its user and the rights in it', async () => {
  const { guard, token } = await createTestGuard();
  const principal = await guard.verify(await token({ sub: 'ann', areas: ['yard'] }));
  assert.equal(principal.user, 'ann');
  assert.equal(maySee(principal, 'yard'), true);
  assert.equal(maySee(principal, 'vault'), false);
});

test('no token, a foreign one, a tampered one and an old one are refused', async () => {
  const { guard, token } = await createTestGuard();
  const foreign = await (await createTestGuard()).token();
  const good = await token();
  await assert.rejects(guard.verify(undefined), refused('not_signed_in'));
  await assert.rejects(guard.verify(foreign), refused('token_invalid'));
  await assert.rejects(guard.verify(`${good.slice(0, -4)}AAAA`), refused('token_invalid'));
  await assert.rejects(guard.verify(await token({ exp: 1 })), refused('token_expired'));
});

test('a token without signature is refused', async () => {
  const { guard, token } = await createTestGuard();
  const [, payload] = (await token({ role: 'administrator' })).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  await assert.rejects(guard.verify(`${none}.${payload}.`), refused('token_invalid'));
});

test('a good token is not refused by a service that has just started: its caller waits', async () => {
  const { known: all, token } = await createTestGuard();
  const known = new Knowledge();
  const verified = guardOf(known).verify(await token({ sub: 'ann' }));
  for (const [kid, key] of all.keys) known.learn(`key.${kid}`, key);
  known.learn('user.ann', { user: 'ann', position: 2, role: 'viewer', areas: ['lobby'], active: true });
  known.markRead();
  assert.deepEqual((await verified).areas, ['lobby']);
});

test('nobody is let in, and nobody signed out, by a service that cannot read who may do what', async () => {
  const { known: all, token } = await createTestGuard();
  const known = new Knowledge();
  for (const [kid, key] of all.keys) known.learn(`key.${kid}`, key);
  await assert.rejects(guardOf(known, 0).verify(await token()), { status: 503 });
});

test('rights that came by KV count more than those in the token', async () => {
  const { guard, known, token } = await createTestGuard();
  known.learn('user.ann', { user: 'ann', position: 2, role: 'viewer', areas: ['lobby'], active: true });
  const principal = await guard.verify(await token({ sub: 'ann', role: 'administrator', areas: ['yard'] }));
  assert.deepEqual([principal.role, principal.areas], ['viewer', ['lobby']]);
});

test('an ended session and a deactivated user are refused at once', async () => {
  const { guard, known, token } = await createTestGuard();
  const principal = await guard.verify(await token({ sub: 'ann', sid: 's1' }));
  known.learn('user.ann', { user: 'ann', position: 2, role: 'viewer', areas: [], active: false });
  assert.equal(guard.current(principal), undefined);
  await assert.rejects(guard.verify(await token({ sub: 'ann' })), refused('session_ended'));
  known.learn('session.s2', { session: 's2', at: new Date().toISOString() });
  await assert.rejects(guard.verify(await token({ sub: 'bob', sid: 's2' })), refused('session_ended'));
});

test('whoever listens hears of each change until he stops', async () => {
  const { guard, known } = await createTestGuard();
  let heard = 0;
  const stop = guard.onChange(() => {
    heard += 1;
  });
  known.learn('session.s1', { session: 's1', at: new Date().toISOString() });
  stop();
  known.learn('session.s2', { session: 's2', at: new Date().toISOString() });
  assert.equal(heard, 1);
});
