import { Id } from '@sightline/contracts';
import { loadConfig as load, postgresEnv, redisEnv, serviceEnv } from '@sightline/service';
import { z } from 'zod';
import { retentionEnv } from './retention.ts';

const schema = z.object({
  ...serviceEnv,
  ...postgresEnv,
  ...redisEnv,
  /** Name of this copy: its own among all copies, the same after a restart. */
  INSTANCE: Id.default('events-1'),
  ...retentionEnv,
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
