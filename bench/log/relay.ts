import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { startRelay } from '@sightline/event-log';
import { Client, type Pool } from 'pg';
import { until } from '../../tests/support/until.ts';
import type { Goal } from '../lib/report.ts';
import { median, percentile } from '../lib/statistics.ts';
import { event, logger, type Stage } from './stage.ts';

/** From the call of an append to a subscriber of JetStream, one event at a time, beside a bare NOTIFY → publish loop. */
export async function measureRelay(
  stage: Stage,
  { rounds, events }: { rounds: number; events: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const { ports, secrets } = stage.stack;
  const nats = await connect({ servers: `127.0.0.1:${ports.nats}`, user: 'admin', pass: secrets.nats.admin ?? '' });
  const pool = await stage.database('relayed');
  const log = stage.log(pool);
  const relay = startRelay({ log, pool, nats, logger });
  await log.append('bench-relay', 'any', [event(0)]);
  await until('the relay is at work', async () => relay.lag() === 0 && (await lengthOf(nats, 'LOG')) === 1);
  const bare = await bareLoop(pool, nats);
  const results = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const ours = await latencies(nats, 'log.>', { events, send: () => log.append('bench-relay', 'any', [event(1)]) });
    const theirs = await latencies(nats, 'bare.>', { events, send: () => bare.send(JSON.stringify(event(1))) });
    results.ours.push(percentile(ours, 0.99));
    results.bare.push(percentile(theirs, 0.99));
  }
  await relay.close();
  await bare.close();
  await nats.close();
  const [p99, limit] = [median(results.ours), median(results.bare)];
  const why = `twice the bare loop's ${limit.toFixed(1)} ms`;
  return {
    rows: [{ what: 'append to JetStream subscriber, p99', unit: 'ms', Sightline: round1(p99), limit: round1(limit) }],
    goals: [{ name: 'relay_p99_ms', value: p99, atMost: 20, otherwise: { met: p99 <= 2 * limit, why } }],
  };
}

const round1 = (value: number) => Math.round(value * 10) / 10;

const lengthOf = async (nats: NatsConnection, stream: string) =>
  (await (await jetstreamManager(nats)).streams.info(stream).catch(() => undefined))?.state.messages;

/** How long each took from being sent to being received (ms). The next is sent a little after the last came, as on an idle system. */
async function latencies(
  nats: NatsConnection,
  subject: string,
  { events, send }: { events: number; send: () => Promise<unknown> },
): Promise<number[]> {
  const taken: number[] = [];
  let received = Promise.withResolvers<void>();
  const subscription = nats.subscribe(subject, { callback: () => received.resolve() });
  await nats.flush();
  for (let n = 0; n < events; n += 1) {
    received = Promise.withResolvers<void>();
    const started = performance.now();
    await Promise.all([send(), received.promise]);
    taken.push(performance.now() - started);
    await pause(5);
  }
  subscription.unsubscribe();
  return taken;
}

/** The limit: an INSERT that notifies, a listener that reads the row and publishes it to a stream of its own. */
async function bareLoop(pool: Pool, nats: NatsConnection) {
  await (await jetstreamManager(nats)).streams.add({ name: 'BARE', subjects: ['bare.>'] });
  await pool.query(
    'create schema bare; create table bare.rows (n bigint generated always as identity primary key, row text)',
  );
  const js = jetstream(nats);
  const listener = new Client(pool.options);
  await listener.connect();
  listener.on('notification', async ({ payload }) => {
    const { rows } = await pool.query<{ row: string }>('select row from bare.rows where n = $1', [payload]);
    await js.publish('bare.row', rows[0]?.row ?? '');
  });
  await listener.query('listen bare');
  const text =
    "with i as (insert into bare.rows (row) values ($1) returning n) select pg_notify('bare', n::text) from i";
  return {
    send: (row: string) => pool.query({ name: 'bare', text, values: [row] }),
    close: () => listener.end(),
  };
}
