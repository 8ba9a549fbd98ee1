import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { type EventLog, openEventLog } from '@sightline/event-log';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { connectNats, connectPostgres, createLogger } from '@sightline/service';
import type { Pool } from 'pg';
import { z } from 'zod';

/** The events of these tests. */
export const schemas = {
  Noted: z.object({ text: z.string() }),
  Counted: z.object({ n: z.number() }),
};

export const noted = (text: string, id?: string) => ({ type: 'Noted', data: { text }, ...(id ? { id } : {}) });
export const logger = createLogger('test', 'silent');

/** The log on a real Postgres (and NATS), used as service `registry` would. What is opened through it is closed with it. */
export interface LogStack extends AsyncDisposable {
  stack: Stack;
  log: EventLog;
  pool: Pool;
  /** A pool of the superuser. */
  admin: Pool;
  /** The log as another process would have it. */
  open(): { log: EventLog; pool: Pool };
  nats(): Promise<NatsConnection>;
  /** To be called, last first, when the stack is closed. */
  closing(close: () => unknown): void;
}

export async function startLog(parts: readonly ('postgres' | 'nats')[] = ['postgres']): Promise<LogStack> {
  const state = await mkdtemp(join(tmpdir(), 'event-log-'));
  const stack = await startStack({ state, ports: 'free', parts });
  const environment = stack.environmentOf('registry');
  const closers: (() => unknown)[] = [];
  const poolOf = (url: string) => {
    const pool = connectPostgres({ url, service: 'test', logger });
    closers.unshift(() => pool.end());
    return pool;
  };
  const open = () => {
    const pool = poolOf(environment.DATABASE_URL ?? '');
    const log = openEventLog({ pool, logger, schemas });
    closers.unshift(() => log.close());
    return { log, pool };
  };
  const password = stack.secrets.postgres.admin;
  return {
    stack,
    ...open(),
    admin: poolOf(`postgres://postgres:${password}@127.0.0.1:${stack.ports.postgres}/sightline`),
    open,
    closing: (close) => closers.unshift(close),
    nats: async () => {
      const url = environment.NATS_URL ?? '';
      const nats = await connectNats({
        service: 'registry',
        url,
        user: 'registry',
        password: stack.secrets.nats.registry ?? '',
        logger,
      });
      closers.unshift(() => nats.close());
      return nats;
    },
    [Symbol.asyncDispose]: async () => {
      for (const close of closers) await close();
      await stack.close();
      await clearState(state);
    },
  };
}

/** Waits until `condition` holds; throws with `what` when it does not in time. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 20_000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Expected within ${timeoutMs} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** All of an async iterable, up to `count`. */
export async function take<Item>(items: AsyncIterable<Item>, count = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const taken: Item[] = [];
  if (count === 0) return taken;
  for await (const item of items) if (taken.push(item) >= count) break;
  return taken;
}

/** 1 to `n`. */
export const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
