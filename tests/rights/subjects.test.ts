import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { buckets, type ServiceName, serviceNames } from '@sightline/contracts';
import { type System, startSystem } from '../support/system.ts';

let system: System;
const connections = new Map<string, NatsConnection>();

before(async () => {
  system = await startSystem({ services: { registry: 1, auth: 1, ingress: 1, events: 1, 'overlay-gateway': 1 } });
  const { ports, secrets } = system.stack;
  for (const name of serviceNames) {
    const options = {
      servers: `127.0.0.1:${ports.nats}`,
      user: name,
      pass: secrets.nats[name] ?? '',
      inboxPrefix: `_INBOX_${name}`,
    };
    connections.set(name, await connect({ ...options, timeout: 1_000 }));
  }
});

after(async () => {
  for (const connection of connections.values()) await connection.close();
  await system?.end();
});

/** The server's own no; that something is missing or slow would not count. */
const refused = /permission/i;

function as(name: ServiceName): NatsConnection {
  const connection = connections.get(name);
  if (!connection) throw new Error(`no connection of ${name}`);
  return connection;
}

/** Who may read which bucket; whoever is not named is refused. */
const readers: Record<string, readonly ServiceName[]> = {
  [buckets.desired]: ['registry', 'ingress'],
  [buckets.directory]: ['registry', 'events', 'overlay-gateway', 'auth'],
  [buckets.leases]: ['ingress'],
  [buckets.status]: ['registry', 'ingress', 'overlay-gateway'],
  [buckets.auth]: [...serviceNames],
  [buckets.services]: ['registry'],
};
const owners: Record<string, ServiceName> = {
  [buckets.desired]: 'registry',
  [buckets.directory]: 'registry',
  [buckets.leases]: 'ingress',
  [buckets.status]: 'ingress',
  [buckets.auth]: 'auth',
  [buckets.services]: 'registry',
};

for (const [bucket, allowed] of Object.entries(readers)) {
  test(`bucket ${bucket} is read by ${allowed.join(', ')} and by nobody else`, async () => {
    for (const name of serviceNames) {
      const read = async () => (await (await new Kvm(as(name)).open(bucket)).status()).bucket;
      if (allowed.includes(name)) assert.equal(await read(), bucket, name);
      else await assert.rejects(read(), refused, name);
    }
  });

  test(`bucket ${bucket} is written by ${owners[bucket]} and by nobody else`, async () => {
    for (const name of serviceNames.filter((each) => each !== owners[bucket])) {
      await assert.rejects(as(name).request(`$KV.${bucket}.north.cam7`, '{}', { timeout: 500 }), refused, name);
    }
  });
}

test('the log and its signed heads are written by the registry and facts of the edge by the ingress, and by nobody else', async () => {
  for (const [subject, writer] of [
    ['log.north.camera.cam7', 'registry'],
    ['seal.log', 'registry'],
    ['edge.north.feed.cam7', 'ingress'],
  ] as const) {
    for (const name of serviceNames.filter((each) => each !== writer)) {
      await assert.rejects(jetstream(as(name)).publish(subject, '{}', { timeout: 500 }), refused, `${name} ${subject}`);
    }
  }
});

test('what AI sees is heard by the gateway and told by events, and nobody hears what is said to another', async () => {
  const heard: string[] = [];
  const listen = async (name: ServiceName, subject: string) => {
    const subscription = as(name).subscribe(subject, {
      callback: (error) => void heard.push(error ? `${name} refused` : `${name} heard`),
    });
    await as(name).flush();
    return subscription;
  };
  for (const name of serviceNames) await listen(name, 'det.north.cam7');
  for (const name of serviceNames) await listen(name, '_INBOX_auth.>');
  as('events').publish('det.north.cam7', '{}');
  await as('events').flush();
  for (const name of serviceNames) await as(name).flush();
  assert.deepEqual(
    heard.filter((each) => each.endsWith('heard')),
    ['overlay-gateway heard'],
  );
  assert.equal(heard.filter((each) => each.endsWith('refused')).length, serviceNames.length * 2 - 2);
});

test("nobody comes in without a name, or with another one's password", async () => {
  const { ports, secrets } = system.stack;
  const servers = `127.0.0.1:${ports.nats}`;
  await assert.rejects(connect({ servers, reconnect: false }));
  await assert.rejects(connect({ servers, user: 'registry', pass: secrets.nats.ingress ?? '', reconnect: false }));
});
