import { Id } from '@sightline/contracts';
import { loadConfig as load, postgresEnv, redisEnv, serviceEnv } from '@sightline/service';
import { z } from 'zod';

const schema = z.object({
  ...serviceEnv,
  ...postgresEnv,
  ...redisEnv,
  /** Name of this copy: its own among all copies, the same after a restart. */
  INSTANCE: Id.default('events-1'),
  /** How long detections are kept; what is older is refused. */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(7),
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
