import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { headers, LogMessage, streams } from '@sightline/contracts';
import { type Relay, startRelay } from '@sightline/event-log';
import { Child } from '@sightline/infra/embedded/child';
import { type LogStack, logger, noted, startLog, until, upTo } from './stack.ts';

const { name } = streams.log;

describe('the relay', () => {
  let stack: LogStack;
  let nats: NatsConnection;
  before(async () => {
    stack = await startLog(['postgres', 'nats']);
    nats = await stack.nats();
  });
  after(() => stack[Symbol.asyncDispose]());

  const append = (count: number) =>
    stack.log.append(
      'note-a',
      'any',
      upTo(count).map(() => ({ ...noted('x'), metadata: { site: 'north' } })),
    );

  async function lastSequence(): Promise<number> {
    const { state } = await (await jetstreamManager(nats)).streams.info(name);
    return state.last_seq;
  }

  /** What a consumer reads from the stream's first message to its last. */
  async function copied(): Promise<{ position: number; subject: string; message: unknown }[]> {
    const { state } = await (await jetstreamManager(nats)).streams.info(name);
    const consumer = await jetstream(nats).consumers.get(name, { deliver_policy: DeliverPolicy.All });
    const read: { position: number; subject: string; message: unknown }[] = [];
    if (state.messages === 0) return read;
    for await (const entry of await consumer.consume()) {
      read.push({
        position: Number(entry.headers?.get(headers.position)),
        subject: entry.subject,
        message: entry.json(),
      });
      if (entry.seq >= state.last_seq) break;
    }
    return read;
  }

  async function assertEqualsLog() {
    const head = await stack.log.read.head();
    await until(
      `${head} events are in the stream`,
      async () => (await copied().catch(() => [])).length >= head,
      30_000,
    );
    assert.deepEqual(
      (await copied()).map(({ position }) => position),
      upTo(head),
    );
  }

  async function withRelay(work: (relay: Relay) => Promise<void>) {
    const { log, pool } = stack.open();
    const relay = startRelay({ log, pool, nats: await stack.nats(), logger });
    try {
      await work(relay);
    } finally {
      await relay.close();
    }
  }

  test('copies each event in order, as the contract has it', { timeout: 60_000 }, async () => {
    await withRelay(async (relay) => {
      await append(700);
      await stack.log.append('meter-1', 'none', [{ type: 'Counted', data: { n: 1 } }]);
      await assertEqualsLog();
      const events = await copied();
      assert(events.every(({ message }) => LogMessage.safeParse(message).success));
      assert.equal(events[0]?.subject, 'log.north.note.a');
      assert.equal(events.at(-1)?.subject, 'log.global.meter.1');
      await until('nothing is left to copy', () => relay.lag() === 0);
    });
  });

  test('goes on where the stream stands when it starts again', { timeout: 60_000 }, async () => {
    await append(10);
    await withRelay(assertEqualsLog);
  });

  test('fills a stream again that was deleted', { timeout: 60_000 }, async () => {
    await withRelay(async () => {
      await (await jetstreamManager(await administrator())).streams.delete(name);
      await assertEqualsLog();
      await append(5);
      await assertEqualsLog();
    });
  });

  test('fills a stream again that was emptied', { timeout: 60_000 }, async () => {
    await withRelay(async () => {
      await (await jetstreamManager(nats)).streams.purge(name);
      await assertEqualsLog();
    });
  });

  test('fills a stream again whose server lost everything', { timeout: 60_000 }, async () => {
    await withRelay(async () => {
      await loseJetStream();
      await append(5);
      await assertEqualsLog();
    });
  });

  test('mends a stream that was made with another configuration', { timeout: 60_000 }, async () => {
    const manager = await jetstreamManager(await administrator());
    await manager.streams.delete(name);
    await manager.streams.add({ name, subjects: ['log.north.>'], max_age: 0 });
    await withRelay(assertEqualsLog);
    assert.deepEqual((await manager.streams.info(name)).config.subjects, streams.log.subjects);
  });

  test('two at once, one killed, write each event once and in order', { timeout: 90_000 }, async () => {
    const relays = upTo(2).map((n) => relayProcess(`relay-${n}`));
    for (const relay of relays) stack.stack.add(relay);
    for (const _ of upTo(6)) {
      await Promise.all(upTo(50).map(() => append(3)));
      relays[await leader(relays)]?.kill('SIGKILL');
    }
    await assertEqualsLog();
    for (const relay of relays) await relay.stop();
  });

  test('one paused while it leads and woken later writes nothing twice or out of order', {
    timeout: 90_000,
  }, async () => {
    const relays = upTo(2).map((n) => relayProcess(`paused-${n}`));
    for (const relay of relays) stack.stack.add(relay);
    for (const _ of upTo(4)) {
      const paused = relays[await leader(relays)];
      const appending = Promise.all(upTo(100).map(() => append(10)));
      const from = await lastSequence();
      await until('it is copying', async () => (await lastSequence()) > from);
      paused?.kill('SIGSTOP');
      await appending;
      await endLeadership();
      await assertEqualsLog();
      await append(20);
      paused?.kill('SIGCONT');
      await append(20);
      await assertEqualsLog();
    }
    for (const relay of relays) await relay.stop();
  });

  test('one that wakes with a page read long ago is fenced', { timeout: 60_000 }, async (context) => {
    const { log, pool } = stack.open();
    const query = pool.query.bind(pool);
    const paused = Promise.withResolvers<void>();
    const woken = Promise.withResolvers<void>();
    await append(5);
    context.mock.method(pool, 'query', async (statement: string | { text: string }, values: unknown[]) => {
      const result = await query(statement, values);
      if (typeof statement === 'string' || !statement.text.includes('limit')) return result;
      paused.resolve();
      await woken.promise;
      return result;
    });
    const late = startRelay({ log, pool, nats: await stack.nats(), logger });
    await paused.promise;
    await endLeadership();
    await withRelay(assertEqualsLog);
    const since = Date.now();
    await until('JetStream has forgotten the ids', () => Date.now() - since > 6_000);
    woken.resolve();
    await late.close();
    await assertEqualsLog();
  });

  /** Takes the lock from whoever leads, who may not hear of it. */
  const endLeadership = () =>
    stack.admin.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");

  /** Which of them leads: the one whose backend holds the advisory lock. */
  async function leader(relays: Child[]): Promise<number> {
    let found = -1;
    await until('one leads', async () => {
      const { rows } = await stack.admin.query<{ name: string }>(
        "select application_name as name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and granted",
      );
      found = relays.findIndex(({ name }) => rows.some((row) => row.name === name));
      return found !== -1;
    });
    return found;
  }

  function relayProcess(label: string): Child {
    const { DATABASE_URL, ...environment } = stack.stack.environmentOf('registry');
    return new Child({
      name: label,
      command: [process.execPath, join(import.meta.dirname, 'relay-process.ts')],
      env: { ...process.env, ...environment, DATABASE_URL, RELAY_NAME: label },
      log: join(stack.stack.state, 'logs', `${label}.log`),
    });
  }

  async function administrator(): Promise<NatsConnection> {
    const connection = await connect({
      servers: `127.0.0.1:${stack.stack.ports.nats}`,
      user: 'admin',
      pass: stack.stack.secrets.nats.admin ?? '',
    });
    stack.closing(() => connection.close());
    return connection;
  }

  async function loseJetStream(): Promise<void> {
    const server = stack.stack.child('nats');
    await server.stop(0);
    await rm(join(stack.stack.state, 'nats', 'jetstream'), { recursive: true, force: true });
    server.start();
  }
});
