import { hostname } from 'node:os';
import { Id } from '@sightline/contracts';
import { z } from 'zod';

/** The environment could not be read; the message names each variable, what was expected, and never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads a service's configuration from the environment. Throws {@link ConfigError}. */
export function loadConfig<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv): z.infer<Schema> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment is not complete:\n${lines.join('\n')}`);
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** What every service reads. */
export const serviceEnv = {
  HOST: z.string().default('127.0.0.1'),
  /** Name of this copy: its own among all copies of the service, the same after a restart. */
  INSTANCE: Id.default(() =>
    hostname()
      .replaceAll(/[^A-Za-z0-9-]/g, '-')
      .slice(0, 40),
  ),
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Origins that browsers may call from; the first is the canonical one. */
  PUBLIC_ORIGIN: list.pipe(z.array(z.url()).min(1)),
  NATS_URL: z.string().min(1),
  NATS_USER: z.string().min(1),
  NATS_PASSWORD: z.string().min(1),
} as const;

/** What a service with a database reads besides. */
export const postgresEnv = { DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'a postgres:// URL') } as const;

/** What a service that reads or writes Redis reads besides. */
export const redisEnv = { REDIS_URL: z.string().regex(/^rediss?:\/\//, 'a redis:// URL') } as const;

/** What a service that speaks to the media server reads besides. */
export const livekitEnv = {
  LIVEKIT_URL: z.url(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(32),
} as const;

/** A comma-separated list in one variable. */
export const commaSeparated = list;
