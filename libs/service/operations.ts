import type { NatsConnection } from '@nats-io/transport-node';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Guard } from './guard.ts';

/** Resolves when a part works, rejects with the reason when it does not. */
export type Check = () => Promise<void> | void;

/** Metrics of this process; services add their own, named `sightline_<service>_<what>_<unit>`. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

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
    nats: () => nats.flush(),
    keys: () => {
      if (!guard.ready()) throw new Error('the signing keys have not been read yet');
    },
    ...(pool ? { postgres: async () => void (await pool.query('select 1')) } : {}),
  };
}

const checkTimeoutMs = 2_000;

/** `/health`: the process runs. `/ready`: everything it needs answers. `/metrics`: Prometheus. None goes through the proxy. */
export function addOperations(app: FastifyInstance, options: { service: string; checks: Record<string, Check> }): void {
  const open = { config: { access: 'public' as const, rateLimit: false as const } };
  app.get('/health', open, () => ({ status: 'ok', service: options.service }));
  app.get('/ready', open, async (_request, reply) => {
    const parts = await Promise.all(Object.entries(options.checks).map(([name, check]) => outcome(name, check)));
    const ready = parts.every((part) => part.ok);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', parts });
  });
  app.get('/metrics', open, async (_request, reply) => {
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

async function outcome(name: string, check: Check): Promise<{ name: string; ok: boolean; error?: string }> {
  try {
    await withTimeout(Promise.resolve(check()));
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function withTimeout(work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
