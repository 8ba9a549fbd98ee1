import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { DirectoryEntry, FeedStatus, Presence } from '@sightline/contracts';
import { Status } from './status.ts';

let now = 0;
let status: Status;
let postgresWorks = true;
const checks = {
  postgres: () => {
    if (!postgresWorks) throw new Error('connection refused');
    return '18.4';
  },
};
const camera = (id: string): DirectoryEntry => ({
  camera: id,
  site: 'north',
  area: 'yard',
  name: id,
  retired: false,
  position: 1,
});

beforeEach(() => {
  now = 0;
  postgresWorks = true;
  status = new Status({ directory: { list: () => ['gate', 'dock'].map(camera) }, checks, now: () => now });
});

const presence = (said: Partial<Presence> = {}): Presence => ({
  service: 'events',
  instance: 'events-1',
  version: '1.2.3',
  startedAt: '2026-11-25T00:00:00.000Z',
  at: new Date(now).toISOString(),
  ready: true,
  needs: [{ name: 'redis', works: true }],
  lags: [{ name: 'durable lane', unit: 'messages', value: 3 }],
  versions: { redis: '7.0.15' },
  ...said,
});
const feed = (id: string, state: FeedStatus['state']): FeedStatus => ({
  camera: id,
  site: 'north',
  state,
  reason: { code: 'x', text: 'x' },
  since: new Date(now).toISOString(),
  at: new Date(now).toISOString(),
  epoch: 1,
  ingress: 'ingress-1',
});

const view = () => status.view({ version: '2.11.4' });
const copies = async () => (await view()).services.find(({ service }) => service === 'events')?.copies ?? [];
const part = async (name: string) => (await view()).parts.find((each) => each.name === name);

test('whoever came through the proxy is told that it works, with its version; else nobody can tell', async () => {
  assert.deepEqual(await part('caddy'), { name: 'caddy', state: 'works', version: '2.11.4' });
  const direct = await status.view(undefined);
  assert.deepEqual(
    direct.parts.find(({ name }) => name === 'caddy'),
    { name: 'caddy', state: 'unknown' },
  );
});

describe('copies', () => {
  test('every service is named, also one of which no copy is there', async () => {
    assert.deepEqual(
      (await view()).services.map(({ service, copies: found }) => [service, found.length]),
      ['registry', 'ingress', 'events', 'overlay-gateway', 'auth'].map((service) => [service, 0]),
    );
  });

  test('a copy is as it says, and silent when it has said nothing for a while', async () => {
    status.learn('events.events-1', presence({ ready: false }));
    assert.equal((await copies())[0]?.state, 'not ready');
    now += 20_000;
    assert.equal((await copies())[0]?.state, 'silent');
    now += 300_000;
    assert.deepEqual(await copies(), []);
  });

  test('what is read again after a reconnect has not been said again', async () => {
    const said = presence();
    status.learn('events.events-1', said);
    now += 20_000;
    status.learn('events.events-1', said);
    assert.equal((await copies())[0]?.state, 'silent');
  });

  test('a copy that has said that it goes is gone at once', async () => {
    status.learn('events.events-1', presence());
    status.forget('events.events-1');
    assert.deepEqual(await copies(), []);
  });
});

describe('parts', () => {
  test('a part works when those who need it say so, with its version', async () => {
    status.learn('events.events-1', presence());
    assert.deepEqual(await part('redis'), { name: 'redis', state: 'works', version: '7.0.15' });
  });

  test('a part fails when one who needs it says so, and nobody knows when nobody is heard', async () => {
    status.learn('events.events-1', presence());
    status.learn(
      'events.events-2',
      presence({ instance: 'events-2', needs: [{ name: 'redis', works: false, error: 'redis is reconnecting' }] }),
    );
    assert.equal((await part('redis'))?.error, 'events-2: redis is reconnecting');
    now += 20_000;
    assert.equal((await part('redis'))?.state, 'unknown');
  });

  test('what the answering copy needs is asked anew', async () => {
    assert.deepEqual(await part('postgres'), { name: 'postgres', state: 'works', version: '18.4' });
    postgresWorks = false;
    assert.equal((await part('postgres'))?.error, 'registry: connection refused');
  });
});

test('of several copies the one that is furthest behind counts', async () => {
  status.learn('events.events-1', presence());
  const lags = [{ name: 'durable lane', unit: 'messages' as const, value: 70 }];
  status.learn('events.events-2', presence({ instance: 'events-2', lags }));
  assert.deepEqual((await view()).lags, [{ service: 'events', name: 'durable lane', unit: 'messages', value: 70 }]);
});

test('a clock that one copy calls wrong is wrong, and stands first', async () => {
  const clock = (worker: string, state: 'plausible' | 'ahead') => ({ worker, state, delayMs: 1, driftPpm: null });
  status.learn('events.events-1', presence({ clocks: [clock('a', 'plausible'), clock('b', 'plausible')] }));
  status.learn('events.events-2', presence({ instance: 'events-2', clocks: [clock('b', 'ahead')] }));
  assert.deepEqual((await view()).clocks, [clock('b', 'ahead'), clock('a', 'plausible')]);
});

test('cameras are counted by the word of their ingress, and as silent without one', async () => {
  status.learnFeed(feed('gate', 'live'));
  assert.deepEqual((await view()).cameras, [
    { state: 'live', count: 1 },
    { state: 'silent', count: 1 },
  ]);
  now += 20_000;
  assert.deepEqual((await view()).cameras, [{ state: 'silent', count: 2 }]);
});

test('an ingress that has said nothing for a while is silent, one that has never spoken is not known', () => {
  status.learnFeed(feed('gate', 'live'));
  assert.equal(status.isSilent('gate'), false);
  now += 20_000;
  assert.deepEqual([status.isSilent('gate'), status.isSilent('dock')], [true, false]);
});
