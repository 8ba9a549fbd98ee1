import { Id } from '@sightline/contracts';
import { commaSeparated, livekitEnv, loadConfig as load, serviceEnv } from '@sightline/service';
import { z } from 'zod';

const schema = z.object({
  ...serviceEnv,
  ...livekitEnv,
  /** The site whose cameras this ingress pulls. */
  SITE: Id,
  /** Networks (CIDR) that cameras may stand in; what is not named is refused. */
  CAMERA_NETWORKS: commaSeparated.default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
  /** libsodium box keys (base64) that camera credentials are sealed to. */
  SEAL_PUBLIC_KEY: z.base64().length(44),
  SEAL_PRIVATE_KEY: z.base64().length(44),
  FFMPEG: z.string().default('ffmpeg'),
  FFPROBE: z.string().default('ffprobe'),
  /** Program made from pass-through/, for cameras that are carried as they are; without it ffmpeg carries them too. */
  PASS_THROUGH: z.string().optional(),
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
