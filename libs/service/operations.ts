import type { NatsConnection } from '@nats-io/transport-node';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Guard } from './guard.ts';

/** Resolves when a part works, with its version where it tells that; rejects with the reason when it does not. */
export type Check = () => Promise<string | undefined> | string | undefined;

/** Metrics of this process; services add their own, named `sightline_<service>_<what>_<unit>`. */
export const metrics = new Registry();
// The event loop is looked at ten times a second: a hundred times would be half of what an idle service costs.
collectDefaultMetrics({ register: metrics, eventLoopMonitoringPrecision: 100 });

/** What services need, as checks: those parts that a service has. */
export function checksOf({
  nats,
  pool,
  guard,
}: {
  nats: NatsConnection;
  guard: Guard;
  pool?: Pool;
}): Record<string, Check> {
  return {
    nats: async () => {
      await nats.flush();
      return nats.info?.version;
    },
    keys: () => {
      if (!guard.ready()) throw new Error('the signing keys have not been read yet');
      return undefined;
    },
    ...(pool ? { postgres: () => postgresVersion(pool) } : {}),
  };
}

async function postgresVersion(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  return rows[0]?.server_version;
}

const checkTimeoutMs = 2_000;

/** `/health`: the process runs. `/ready`: everything it needs answers. `/metrics`: Prometheus. None goes through the proxy. */
export function addOperations(app: FastifyInstance, options: { service: string; checks: Record<string, Check> }): void {
  const open = { config: { access: 'public' as const, rateLimit: false as const } };
  app.get('/health', open, () => ({ status: 'ok', service: options.service }));
  app.get('/ready', open, async (_request, reply) => {
    const parts = await outcomes(options.checks);
    const ready = parts.every(({ works }) => works);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', parts });
  });
  app.get('/metrics', open, async (_request, reply) => {
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

/** Whether a part works: with its version, or with the reason why not. */
export interface CheckOutcome {
  name: string;
  works: boolean;
  error?: string;
  version?: string;
}

/** Runs all checks beside each other; one that does not answer within two seconds has failed. */
export function outcomes(checks: Record<string, Check>): Promise<CheckOutcome[]> {
  return Promise.all(Object.entries(checks).map(([name, check]) => outcome(name, check)));
}

async function outcome(name: string, check: Check): Promise<CheckOutcome> {
  try {
    const version = await withTimeout((async () => check())());
    return { name, works: true, ...(version ? { version: version.slice(0, 60) } : {}) };
  } catch (error) {
    const text = error instanceof Error ? error.message || error.name : String(error);
    return { name, works: false, error: text.slice(0, 500) };
  }
}

function withTimeout<Result>(work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
