import { loadConfig as load, postgresEnv, redisEnv, serviceEnv } from '@sightline/service';
import { z } from 'zod';
import { retentionEnv } from './retention.ts';

const schema = z.object({
  ...serviceEnv,
  ...postgresEnv,
  ...redisEnv,
  ...retentionEnv,
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
