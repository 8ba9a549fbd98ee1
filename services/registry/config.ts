import { commaSeparated, loadConfig as load, postgresEnv, serviceEnv } from '@sightline/service';
import { z } from 'zod';

const schema = z.object({
  ...serviceEnv,
  ...postgresEnv,
  /** Networks (CIDR) that cameras may stand in; what is not named is refused. */
  CAMERA_NETWORKS: commaSeparated.default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
  /** libsodium box key (base64) that camera credentials are sealed to; only the ingress can open them. */
  SEAL_PUBLIC_KEY: z.base64().length(44),
  /** Ed25519 key (PKCS #8 in DER, base64) that heads of the log are signed with. */
  LOG_SEAL_PRIVATE_KEY: z.base64(),
  /** Where signed heads are kept outside the database, besides JetStream; a disk of its own serves best. */
  LOG_HEADS_FILE: z.string().min(1),
});
export type Config = z.infer<typeof schema>;

export const loadConfig = (env: NodeJS.ProcessEnv): Config => load(schema, env);
