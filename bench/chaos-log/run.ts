import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateSchema } from '@sightline/event-log';
import { Child } from '@sightline/infra/embedded/child';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { acknowledgedPath, allStreams, appenders, tables } from './plan.ts';
import { type Line, startProxy } from './proxy.ts';
import { countIn } from './tally.ts';

/** How much is written, and how often something is killed meanwhile. */
export interface Load {
  events: number;
  kills: number;
  batch: number;
}

/** A run: a log on real parts, and everybody who works on it as processes of their own. */
export interface Run extends AsyncDisposable {
  stack: Stack;
  proxy: Line;
  pool: Pool;
  /** Where the ids stand that were meant and acknowledged. */
  folder: string;
  /** Everybody who may be killed, by role. */
  victims: Record<string, Child[]>;
  /** How many events have been acknowledged. */
  acknowledged(): number;
}

const copies = { appender: appenders, relay: 2, consumer: 2, projection: 2, follower: 1 };

export async function startRun({ events, batch }: Load): Promise<Run> {
  const state = await mkdtemp(join(tmpdir(), 'sightline-chaos-log-'));
  const stack = await startStack({ state, ports: 'free', parts: ['postgres', 'nats'] });
  const folder = join(state, 'tallies');
  await mkdir(folder);
  const { DATABASE_URL, ...environment } = stack.environmentOf('registry');
  const pool = new Pool({ connectionString: DATABASE_URL, max: 2 });
  pool.on('error', () => undefined);
  await prepare(pool, folder);
  const proxy = await startProxy(stack.ports.nats);
  const env = {
    ...process.env,
    ...environment,
    DATABASE_URL,
    NATS_URL: `nats://127.0.0.1:${proxy.port}`,
    FOLDER: folder,
    EVENTS_A_STREAM: String(Math.ceil(events / allStreams.length)),
    BATCH: String(batch),
  };
  const victims: Run['victims'] = { postgres: [stack.child('postgres')], nats: [stack.child('nats')] };
  for (const [role, count] of Object.entries(copies)) {
    victims[role] = Array.from({ length: count }, (_, copy) =>
      child(stack, { ...env, ROLE: role, COPY: `${copy + 1}` }),
    );
    for (const process of victims[role]) stack.add(process);
  }
  return {
    stack,
    proxy,
    pool,
    folder,
    victims,
    acknowledged: () => allStreams.reduce((total, stream) => total + countIn(acknowledgedPath(folder, stream)), 0),
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await stack.close();
      proxy.close();
      await clearState(state);
    },
  };
}

async function prepare(pool: Pool, folder: string): Promise<void> {
  await migrateSchema({ pool, schema: 'registry', folder });
  await pool.query(tables);
}

function child(stack: Stack, env: NodeJS.ProcessEnv & { ROLE: string; COPY: string }): Child {
  const name = `${env.ROLE}-${env.COPY}`;
  return new Child({
    name,
    command: [process.execPath, join(import.meta.dirname, 'process.ts')],
    env,
    log: join(stack.state, 'logs', `${name}.log`),
  });
}
