import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { buckets, SealHead, type ServiceName, serviceNames } from '@sightline/contracts';
import { execa } from 'execa';
import { operator } from '../support/client.ts';
import { type System, startSystem } from '../support/system.ts';
import { logCommand } from '../support/traces.ts';
import { until } from '../support/until.ts';

let system: System;
const root = join(import.meta.dirname, '..', '..');
/** The last two have users, but are no services. */
const users = [...serviceNames, 'auditor', 'integrator'] as const;
const connections = new Map<string, NatsConnection>();

before(async () => {
  system = await startSystem({ services: { registry: 1, auth: 1, ingress: 1, events: 1, 'overlay-gateway': 1 } });
  const { ports, secrets } = system.stack;
  for (const name of users) {
    const options = {
      servers: `127.0.0.1:${ports.nats}`,
      user: name,
      pass: secrets.nats[name] ?? '',
      inboxPrefix: `_INBOX_${name}`,
    };
    connections.set(name, await connect(options));
  }
});

after(async () => {
  for (const connection of connections.values()) await connection.close();
  await system?.end();
});

/** The server's own no; that something is missing or slow would not count. */
const refused = /permission/i;
const patienceMs = 20_000;

function as(name: (typeof users)[number]): NatsConnection {
  const connection = connections.get(name);
  if (!connection) throw new Error(`no connection of ${name}`);
  return connection;
}

async function assertRefused(name: (typeof users)[number], subjects: readonly string[]): Promise<void> {
  for (const subject of subjects)
    await assert.rejects(as(name).request(subject, '{}', { timeout: patienceMs }), refused, `${name} ${subject}`);
}

/** Runs the lines of JavaScript that stand in a document, as a user of NATS; wrapped, since to await a process is to await its end. */
async function runLines(name: 'auditor' | 'integrator', path: string, change = (lines: string) => lines) {
  const { ports, secrets } = system.stack;
  const [, lines = ''] = /```js\n(.*?)```/s.exec(await readFile(join(root, path), 'utf8')) ?? [];
  const env = { NATS_URL: `127.0.0.1:${ports.nats}`, NATS_PASSWORD: secrets.nats[name] ?? '' };
  const code = change(lines);
  return { running: execa(process.execPath, ['--input-type=module', '-e', code], { cwd: root, env, reject: false }) };
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
    for (const name of users) {
      const read = async () => (await (await new Kvm(as(name)).open(bucket)).status()).bucket;
      if (allowed.some((each) => each === name)) assert.equal(await read(), bucket, name);
      else await assert.rejects(read(), refused, name);
    }
  });

  test(`bucket ${bucket} is written by ${owners[bucket]} and by nobody else`, async () => {
    for (const name of users.filter((each) => each !== owners[bucket])) {
      await assertRefused(name, [`$KV.${bucket}.north.cam7`]);
    }
  });
}

test('the log and its signed heads are written by the registry and facts of the edge by the ingress, and by nobody else', async () => {
  for (const [subject, writer] of [
    ['log.north.camera.cam7', 'registry'],
    ['seal.log', 'registry'],
    ['edge.north.feed.cam7', 'ingress'],
  ] as const) {
    for (const name of users.filter((each) => each !== writer)) {
      await assert.rejects(
        jetstream(as(name)).publish(subject, '{}', { timeout: patienceMs }),
        refused,
        `${name} ${subject}`,
      );
    }
  }
});

test('what AI sees is heard by the gateway and by integrators, and told by events, and nobody hears what is said to another', async () => {
  const heard: string[] = [];
  const listen = async (name: (typeof users)[number], subject: string) => {
    const subscription = as(name).subscribe(subject, {
      callback: (error) => void heard.push(error ? `${name} refused` : `${name} heard`),
    });
    await as(name).flush();
    return subscription;
  };
  for (const name of users) await listen(name, 'det.north.cam7');
  for (const name of users) await listen(name, '_INBOX_auth.>');
  as('events').publish('det.north.cam7', '{}');
  await as('events').flush();
  for (const name of users) await as(name).flush();
  assert.deepEqual(heard.filter((each) => each.endsWith('heard')).sort(), [
    'integrator heard',
    'overlay-gateway heard',
  ]);
  assert.equal(heard.filter((each) => each.endsWith('refused')).length, users.length * 2 - 3);
});

test('an auditor reads each signed head, and may do nothing else', async () => {
  await logCommand(system.stack, 'seal');
  const { streams } = await jetstreamManager(as('auditor'), { checkAPI: false });
  const first = await until('the first head', async () => streams.getMessage('SEAL', { seq: 1 }));
  assert.equal(SealHead.parse(JSON.parse(first?.string() ?? '')).number, 1);
  await assertRefused('auditor', [
    '$JS.API.STREAM.DELETE.SEAL',
    '$JS.API.STREAM.PURGE.SEAL',
    '$JS.API.STREAM.UPDATE.SEAL',
    '$JS.API.STREAM.MSG.DELETE.SEAL',
    '$JS.API.CONSUMER.CREATE.SEAL',
    '$JS.API.CONSUMER.CREATE.SEAL.mine',
    '$JS.API.CONSUMER.DURABLE.CREATE.SEAL.mine',
    '$JS.API.STREAM.MSG.GET.LOG',
    '$JS.API.DIRECT.GET.LOG',
    '$JS.API.STREAM.NAMES',
    '$JS.API.STREAM.LIST',
    '$JS.API.INFO',
  ]);
});

test("the auditor's lines in the runbook keep heads that the log is verified with", async () => {
  const path = join(system.stack.state, 'auditor.ndjson');
  const keepHere = (lines: string) => lines.replaceAll("'heads.ndjson'", JSON.stringify(path));
  const { running: follower } = await runLines('auditor', 'docs/runbooks/audit-the-log.md', keepHere);
  await until('the heads are kept', async () => (await readFile(path, 'utf8').catch(() => '')).endsWith('\n'));
  follower.kill();
  await follower;
  const verdict = JSON.parse(await logCommand(system.stack, 'verify', '--json', '--older', '--heads', path));
  assert.ok(verdict.intact && verdict.heads >= 1, JSON.stringify(verdict));
});

test("the integrator's lines in the README read every event of the log, and go on where they ended", async () => {
  const positions: number[] = [];
  const readUpTo = async (position: number) => {
    const { running: reader } = await runLines('integrator', 'README.md');
    reader.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\n')) positions.push(Number.parseInt(line, 10));
    });
    await until('all is read', async () => positions.at(-1) === position || undefined);
    reader.kill('SIGKILL');
    await reader;
  };
  const head = async () =>
    (await jetstreamManager(as('registry'))).streams.info('LOG').then(({ state: { messages } }) => messages);
  await readUpTo(await head());
  const administrator = await operator(system.stack);
  await administrator.post('/api/sites', { id: 'harbour', name: 'Harbour' });
  await readUpTo(await head());
  assert.deepEqual(
    [...new Set(positions)],
    Array.from({ length: await head() }, (_, n) => n + 1),
  );
});

test('an integrator may make, change and delete nothing', async () => {
  await assertRefused('integrator', [
    '$JS.API.STREAM.DELETE.LOG',
    '$JS.API.STREAM.PURGE.LOG',
    '$JS.API.CONSUMER.CREATE.LOG',
    '$JS.API.CONSUMER.CREATE.LOG.mine',
    '$JS.API.CONSUMER.DURABLE.CREATE.LOG.mine',
    '$JS.API.CONSUMER.DELETE.LOG.integrator',
    '$JS.API.STREAM.MSG.GET.EDGE',
    '$JS.API.STREAM.LIST',
    'det.north.cam7',
    'people.cam7',
  ]);
});

test("nobody comes in without a name, or with another one's password", async () => {
  const { ports, secrets } = system.stack;
  const servers = `127.0.0.1:${ports.nats}`;
  await assert.rejects(connect({ servers, reconnect: false }));
  await assert.rejects(connect({ servers, user: 'registry', pass: secrets.nats.ingress ?? '', reconnect: false }));
});
