import { loadConfig as load, serviceEnv } from '@sightline/service';
import { z } from 'zod';

const schema = z.object({ ...serviceEnv });
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
