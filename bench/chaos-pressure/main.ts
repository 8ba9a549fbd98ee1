import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { until } from '../../tests/support/until.ts';
import { checkStored } from '../chaos-events/stored.ts';
import { Workers } from '../chaos-events/workers.ts';
import { registerCameras } from '../lib/cameras.ts';
import { report } from '../lib/report.ts';
import { type Trouble, troubles } from './troubles.ts';
import { type Seen, Watch } from './watch.ts';

const help = `Postgres, Redis and NATS slow, full or gone under load, one after the other; then holds what Redis acknowledged
against what is stored, and looks at memory and at the fast lane meanwhile.

  npm run chaos:pressure                  ten minutes each, an hour and a half in all
  npm run chaos:pressure -- --minutes 1   shorter
  npm run chaos:pressure -- --parts nats  some
  npm run chaos:pressure -- --quick       a few seconds each, to try it
`;
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    parts: { type: 'string' },
    quick: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const heldMs = (values.quick ? 0.05 : Number(values.minutes ?? 10)) * 60_000;
const calmMs = values.quick ? 2_000 : 10_000;
/** What piled up is stored in less than it took to pile up, and a minute to find each other again. */
const drainMs = heldMs + 120_000;
const chosen = troubles.filter(({ part }) => !values.parts || values.parts.split(',').includes(part));
/** Two workers write this often each: some 150 detections a second. */
const everyMs = 12;

interface Result {
  trouble: Trouble;
  calm: Seen;
  troubled: Seen;
  acknowledged: number;
  drainedS: number;
}

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-pressure-${process.pid}`);
  const services = { registry: 1, auth: 1, events: 2, 'overlay-gateway': 2 };
  const stack = await startStack({ state, parts: ['postgres', 'redis', 'nats', 'caddy'], services });
  const { ports, secrets } = stack;
  const pool = new Pool({
    connectionString: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`,
  });
  pool.on('error', () => {});
  const watch = await Watch.open(stack);
  try {
    const cameras = await registerCameras(stack, 4);
    const workers = new Workers(2, {
      REDIS_URL: `redis://worker:${secrets.redis.worker}@127.0.0.1:${ports.redis}`,
      CAMERAS: cameras.join(','),
      EVERY_MS: String(everyMs),
    });
    const results: Result[] = [];
    for (const trouble of chosen) results.push(await suffer(trouble, { stack, pool, watch, workers }));
    await workers.stop();
    await verdict(pool, workers.acknowledged, results);
  } finally {
    await watch.close();
    await pool.end();
    await stack.close();
    await clearState(state);
  }
}

interface Scene {
  stack: Stack;
  pool: Pool;
  watch: Watch;
  workers: Workers;
}

/** One trouble, from a calm before it to when all that was acknowledged until its end is stored. */
async function suffer(trouble: Trouble, { stack, pool, watch, workers }: Scene): Promise<Result> {
  console.log(`${trouble.part} ${trouble.how} for ${(heldMs / 60_000).toFixed(1)} min …`);
  watch.take();
  await pause(calmMs);
  const calm = watch.take();
  const before = workers.acknowledged.size;
  const end = await trouble.begin(stack);
  await pause(heldMs);
  const troubled = watch.take();
  await end();
  const due = workers.acknowledged.size;
  const since = performance.now();
  await until('what was acknowledged is stored', async () => (await storedIn(pool)) >= due, drainMs).catch(() => {});
  return {
    trouble,
    calm,
    troubled,
    acknowledged: due - before,
    drainedS: (performance.now() - since) / 1_000,
  };
}

async function storedIn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('select count(*) from events.detections');
  return Number(rows[0]?.count);
}

async function verdict(pool: Pool, acknowledged: Set<string>, results: readonly Result[]): Promise<void> {
  const stored = await until(
    'everything stored',
    async () => {
      const now = await checkStored(pool, 'detections', acknowledged);
      return now.lost.length === 0 && now;
    },
    drainMs,
  ).catch(() => checkStored(pool, 'detections', acknowledged));
  const objects = await checkStored(pool, 'objects', acknowledged);
  console.log(`${acknowledged.size} detections acknowledged by Redis.`);
  const during = results.filter(({ trouble }) => trouble.part === 'postgres');
  const growth = results.map(({ calm, troubled }) =>
    Math.max(troubled.eventsMib - calm.eventsMib, troubled.gatewayMib - calm.gatewayMib),
  );
  report('chaos-pressure', results.map(rowOf), [
    { name: 'lost', value: Math.max(stored.lost.length, objects.lost.length), atMost: 0 },
    { name: 'twice', value: Math.max(stored.twice.length, objects.twice.length), atMost: 0 },
    { name: 'memory_growth_mib', value: Math.max(...growth), atMost: 100 },
    ...(during.length > 0
      ? [
          {
            name: 'fast_gap_without_postgres_s',
            value: Math.max(...during.map(({ troubled }) => troubled.longestGapS)),
            atMost: 2,
          },
        ]
      : []),
  ]);
}

function rowOf({ trouble, calm, troubled, acknowledged, drainedS }: Result): Record<string, string | number> {
  const perSecond = (count: number, ms: number) => Math.round((count / ms) * 1_000);
  return {
    trouble: `${trouble.part} ${trouble.how}`,
    'acknowledged /s': perSecond(acknowledged, heldMs),
    'fast lane /s before': perSecond(calm.fast, calmMs),
    'fast lane /s': perSecond(troubled.fast, heldMs),
    'longest gap s': Number(troubled.longestGapS.toFixed(1)),
    'events MiB': `${Math.round(calm.eventsMib)} → ${Math.round(troubled.eventsMib)}`,
    'gateway MiB': `${Math.round(calm.gatewayMib)} → ${Math.round(troubled.gatewayMib)}`,
    'stored after s': Number(drainedS.toFixed(1)),
  };
}

if (values.help) console.log(help);
else await main();
