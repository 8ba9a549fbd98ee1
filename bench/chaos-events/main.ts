import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { until } from '../../tests/support/until.ts';
import { registerCameras } from '../lib/cameras.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { checkStored } from './stored.ts';
import { Workers } from './workers.ts';

const { quick } =
  benchOptions(`Kills workers, Redis, events, Postgres, NATS and gateways (kill -9) at random under load, then
holds what Redis acknowledged against what is stored.

  npm run chaos:events            three minutes
  npm run chaos:events -- --quick ten seconds, for CI
`);
const load = quick
  ? { seconds: 10, everyMs: [300, 1_000], drainMs: 90_000 }
  : { seconds: 180, everyMs: [200, 2_500], drainMs: 180_000 };
const victims = ['worker', 'redis', 'events', 'events-2', 'postgres', 'nats', 'overlay-gateway', 'overlay-gateway-2'];

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-chaos-${process.pid}`);
  const services = { registry: 1, auth: 1, events: 2, 'overlay-gateway': 2 };
  const stack = await startStack({ state, parts: ['postgres', 'redis', 'nats', 'caddy'], services });
  const { ports, secrets } = stack;
  const pool = new Pool({
    connectionString: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`,
  });
  pool.on('error', () => {});
  try {
    const cameras = await registerCameras(stack, 4);
    const workers = new Workers(2, {
      REDIS_URL: `redis://worker:${secrets.redis.worker}@127.0.0.1:${ports.redis}`,
      CAMERAS: cameras.join(','),
    });
    const kills = await rampage(stack, workers);
    await workers.stop();
    await verdict(pool, workers.acknowledged, kills);
  } finally {
    await pool.end();
    await stack.close();
    await clearState(state);
  }
}

/** Kills somebody every now and then; returns how often each was. */
async function rampage(stack: Stack, workers: Workers): Promise<Map<string, number>> {
  const kills = new Map<string, number>();
  const [shortest = 0, longest = 0] = load.everyMs;
  for (const end = performance.now() + load.seconds * 1_000; performance.now() < end; ) {
    await pause(shortest + Math.random() * (longest - shortest));
    const victim = victims[Math.floor(Math.random() * victims.length)] ?? '';
    if (victim === 'worker') workers.killOne();
    else stack.child(victim).kill('SIGKILL');
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
  }
  return kills;
}

async function verdict(pool: Pool, acknowledged: Set<string>, kills: Map<string, number>): Promise<void> {
  const find = () => checkStored(pool, 'detections', acknowledged);
  const findings = await until(
    'everything stored',
    async () => {
      const now = await find();
      return now.lost.length === 0 && now;
    },
    load.drainMs,
  ).catch(find);
  const objects = await checkStored(pool, 'objects', acknowledged);
  const rows = [...kills].map(([victim, times]) => ({ killed: victim, times }));
  console.log(`${acknowledged.size} detections acknowledged by Redis.`);
  for (const [what, list] of Object.entries({ lost: findings.lost, twice: findings.twice }))
    if (list.length > 0) console.log(`${what}: ${list.slice(0, 20).join(', ')}`);
  report('chaos-events', rows, [
    { name: 'lost', value: Math.max(findings.lost.length, objects.lost.length), atMost: 0 },
    { name: 'twice', value: Math.max(findings.twice.length, objects.twice.length), atMost: 0 },
  ]);
}

await main();
