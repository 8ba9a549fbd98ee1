import { livekitEnv, loadConfig as load, postgresEnv, serviceEnv } from '@sightline/service';
import { z } from 'zod';

const schema = z.object({
  ...serviceEnv,
  ...postgresEnv,
  ...livekitEnv,
  /** What the keys of persons are wrapped with (32 bytes, base64); whoever loses it loses the names of all users. */
  PERSON_KEYS_SECRET: z.base64().length(44),
  /** Where the first administrator's one-time password is written; without it, it is printed once on stderr. */
  FIRST_ADMINISTRATOR_FILE: z.string().optional(),
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
