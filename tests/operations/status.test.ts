import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServiceName, StatusView, serviceNames } from '@sightline/contracts';
import { type Client, operator } from '../support/client.ts';
import { type System, startSystem } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let administrator: Client;

before(async () => {
  system = await startSystem({ services: { registry: 2, auth: 1, ingress: 1, events: 1, 'overlay-gateway': 1 } });
  administrator = await operator(system.stack);
});

after(() => system?.end());

const status = async () => StatusView.parse((await administrator.get('/api/status')).body);
const copiesOf = ({ services }: StatusView, name: ServiceName) =>
  services.find(({ service }) => service === name)?.copies ?? [];
const operations = (service: ServiceName, path: string) =>
  fetch(`http://127.0.0.1:${system.stack.ports.services[service][0]}${path}`);

/** Waits until exactly these services say on `/ready` that the part is missing. */
const unready = (part: string, expected: readonly ServiceName[]) =>
  until(`${expected.join(', ') || 'nobody'} not ready for want of ${part}`, async () => {
    const failing: ServiceName[] = [];
    for (const service of serviceNames) {
      const answer = await operations(service, '/ready');
      const { parts } = (await answer.json()) as { parts: { name: string; works: boolean }[] };
      const works = parts.find(({ name }) => name === part)?.works ?? true;
      assert.equal(answer.status, parts.every((each) => each.works) ? 200 : 503, service);
      if (!works) failing.push(service);
    }
    return failing.join() === expected.join();
  });

test('every copy of every service is there with its version, every part works, and nothing lags', async () => {
  const seen = await until('all copies ready', async () => {
    const view = await status();
    const all = view.services.flatMap(({ copies }) => copies);
    return all.length === 6 && all.every(({ state }) => state === 'ready') && view;
  });
  assert.deepEqual(
    copiesOf(seen, 'registry').map(({ instance }) => instance),
    ['registry-1', 'registry-2'],
  );
  assert.deepEqual([...new Set(seen.parts.map(({ state }) => state))], ['works']);
  await until('every part with its version', async () =>
    (await status()).parts.every(({ version = '' }) => /^\d+\./.test(version)),
  );
  assert.deepEqual(
    seen.lags.map(({ service, name }) => `${service} ${name}`).sort(),
    ['auth projection users', 'events durable lane', 'events projection tracks']
      .concat(['cameras', 'feeds', 'places'].map((name) => `registry projection ${name}`))
      .concat('registry relay', 'registry sealer'),
  );
});

const needs: Record<string, readonly ServiceName[]> = {
  postgres: ['registry', 'events', 'auth'],
  redis: ['events'],
  nats: serviceNames,
  livekit: ['ingress'],
};

for (const [part, services] of Object.entries(needs)) {
  test(`without ${part} exactly those who need it are not ready, all stay healthy, and the status says so`, async () => {
    const child = system.stack.child(part);
    await child.stop();
    try {
      await unready(part, services);
      for (const service of serviceNames) assert.equal((await operations(service, '/health')).status, 200, service);
      await until(`the status says that ${part} fails`, async () =>
        (await status()).parts.some(({ name, state }) => name === part && state === 'fails'),
      );
    } finally {
      child.start();
    }
    await unready(part, []);
    await until(`the status says that ${part} works`, async () =>
      (await status()).parts.some(({ name, state }) => name === part && state === 'works'),
    );
  });
}

test('what would go to a copy that has ended is carried out by another', async () => {
  const child = system.stack.child('registry-2');
  await child.stop();
  // At once: a copy that an earlier request has missed is passed over for two seconds.
  try {
    for (const id of ['north', 'south', 'west'])
      assert.equal((await administrator.post('/api/sites', { id, name: id })).status, 201, id);
  } finally {
    child.start();
  }
  await until('two registries again', async () => {
    const copies = copiesOf(await status(), 'registry');
    return copies.length === 2 && copies.every(({ state }) => state === 'ready');
  });
});

test('a copy that was ended in order has said so: it is gone at once', async () => {
  await system.stack.child('registry-2').stop();
  await until('one registry', async () => copiesOf(await status(), 'registry').length === 1);
});
