import { access, type ServiceName, serviceNames } from '@sightline/contracts';
import { stringify } from 'yaml';
import { caddyfile } from '../embedded/caddy.ts';
import { natsConfig } from '../embedded/nats.ts';
import { redisAcl } from '../embedded/redis.ts';
import type { Secrets } from '../embedded/secrets.ts';

/** What a person decides of a system run by compose. */
export interface ComposeSettings {
  /** Origins that browsers open it under, comma-separated; the first is the canonical one. */
  publicOrigin: string;
  /** Address that browsers reach LiveKit's media ports under. */
  mediaAddress: string;
  cameraNetworks: string;
  site: string;
  collector?: string | undefined;
}

const port = 8000;

/** Every file that the containers read, by its path below the setup's folder; each folder is one container's own volume. */
export function composeFiles(secrets: Secrets, settings: ComposeSettings): Record<string, string> {
  const services = serviceNames.map((name) => [
    `${name}/environment.json`,
    JSON.stringify(environmentOf(name, secrets, settings), null, 2),
  ]);
  const adminUrl = `postgres://postgres:${secrets.postgres.admin}@postgres:5432`;
  return {
    'postgres/password': secrets.postgres.admin ?? '',
    'redis/users.acl': redisAcl(secrets.redis),
    'redis/redis.conf':
      'bind 0.0.0.0\nprotected-mode no\ndir /data\naclfile /run/sightline/users.acl\nappendonly yes\nappendfsync everysec\nmaxmemory 1gb\nmaxmemory-policy noeviction\nsave ""\n',
    'nats/nats.conf': natsConfig('/data', 4222, secrets.nats, '0.0.0.0'),
    'livekit/livekit.yaml': livekitConfig(secrets, settings),
    'web/Caddyfile': webConfig(settings),
    'prepare/prepare.json': JSON.stringify({ adminUrl, passwords: secrets.postgres }),
    'vision/environment': `REDIS_URL=redis://worker:${secrets.redis.worker}@redis:6379\n`,
    ...Object.fromEntries(services),
  };
}

function environmentOf(service: ServiceName, secrets: Secrets, settings: ComposeSettings): Record<string, string> {
  const { livekit, seal, logSeal } = secrets;
  const media = {
    LIVEKIT_URL: 'http://livekit:7880',
    LIVEKIT_API_KEY: livekit.key,
    LIVEKIT_API_SECRET: livekit.secret,
  };
  const cameras = { CAMERA_NETWORKS: settings.cameraNetworks, SEAL_PUBLIC_KEY: seal.publicKey };
  const own: Partial<Record<ServiceName, Record<string, string>>> = {
    auth: { ...media, PERSON_KEYS_SECRET: secrets.personKeys },
    registry: { ...cameras, LOG_SEAL_PRIVATE_KEY: logSeal.privateKey, LOG_HEADS_FILE: '/heads/heads.ndjson' },
    ingress: { ...media, ...cameras, SEAL_PRIVATE_KEY: seal.privateKey, SITE: settings.site },
  };
  return {
    HOST: '0.0.0.0',
    PORT: String(port),
    PUBLIC_ORIGIN: settings.publicOrigin,
    NATS_URL: 'nats://nats:4222',
    NATS_USER: service,
    NATS_PASSWORD: secrets.nats[service] ?? '',
    ...(access[service].postgres
      ? { DATABASE_URL: `postgres://${service}:${secrets.postgres[service]}@postgres:5432/sightline` }
      : {}),
    ...(access[service].redis ? { REDIS_URL: `redis://${service}:${secrets.redis[service]}@redis:6379` } : {}),
    ...(settings.collector ? { OTEL_EXPORTER_OTLP_ENDPOINT: settings.collector } : {}),
    ...own[service],
  };
}

function livekitConfig({ livekit }: Secrets, { mediaAddress }: ComposeSettings): string {
  return stringify({
    port: 7880,
    rtc: { tcp_port: 7881, udp_port: 7882, node_ip: mediaAddress, use_external_ip: false },
    room: { auto_create: true, empty_timeout: 60 },
    keys: { [livekit.key]: livekit.secret },
    logging: { level: 'info', json: true },
  });
}

function webConfig({ collector }: ComposeSettings): string {
  const upstreams = Object.fromEntries(serviceNames.map((name) => [name, [`${name}:${port}`]]));
  return caddyfile({
    address: 'http://:8080',
    console: '/console',
    contracts: '/contracts',
    upstreams: upstreams as Record<ServiceName, string[]>,
    livekit: 'livekit:7880',
    collector,
  });
}
