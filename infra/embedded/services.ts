import { join } from 'node:path';
import { access, type ServiceName } from '@sightline/contracts';
import { nodeEnvironment, nodeFlags } from '../node-memory.ts';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';

const root = join(import.meta.dirname, '..', '..');

/** The site that the embedded stack's ingress serves. */
export const embeddedSite = 'demo';

/** Where the log's signed heads are kept: outside the database. */
export const headsFileOf = (state: string): string => join(state, 'heads', 'heads.ndjson');

/** What a service reads from its environment, in this stack. Secrets travel this way only, never as arguments. */
export function serviceEnvironment(context: StackContext, service: ServiceName, copy: number): Record<string, string> {
  const { ports, secrets } = context;
  const local = '127.0.0.1';
  return {
    HOST: local,
    PORT: String(ports.services[service][copy] ?? 0),
    PUBLIC_ORIGIN: `http://localhost:${ports.origin},http://${local}:${ports.origin}`,
    NATS_URL: `nats://${local}:${ports.nats}`,
    NATS_USER: service,
    NATS_PASSWORD: secrets.nats[service] ?? '',
    INSTANCE: `${service}-${copy + 1}`,
    ...(access[service].postgres
      ? { DATABASE_URL: `postgres://${service}:${secrets.postgres[service]}@${local}:${ports.postgres}/sightline` }
      : {}),
    ...(access[service].redis
      ? { REDIS_URL: `redis://${service}:${secrets.redis[service]}@${local}:${ports.redis}` }
      : {}),
    ...own(context, service),
    ...context.environment,
  };
}

function own({ ports, secrets, state, tool }: StackContext, service: ServiceName): Record<string, string> {
  const livekit = {
    LIVEKIT_URL: `http://127.0.0.1:${ports.livekit}`,
    LIVEKIT_API_KEY: secrets.livekit.key,
    LIVEKIT_API_SECRET: secrets.livekit.secret,
  };
  const cameras = {
    CAMERA_NETWORKS: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,127.0.0.0/8',
    SEAL_PUBLIC_KEY: secrets.seal.publicKey,
  };
  if (service === 'auth')
    return {
      ...livekit,
      PERSON_KEYS_SECRET: secrets.personKeys,
      FIRST_ADMINISTRATOR_FILE: join(state, 'secrets', 'first-administrator'),
    };
  const sealing = { LOG_SEAL_PRIVATE_KEY: secrets.logSeal.privateKey, LOG_HEADS_FILE: headsFileOf(state) };
  if (service === 'registry') return { ...cameras, ...sealing };
  if (service !== 'ingress') return {};
  return {
    ...livekit,
    ...cameras,
    SEAL_PRIVATE_KEY: secrets.seal.privateKey,
    SITE: embeddedSite,
    FFMPEG: tool('ffmpeg'),
    FFPROBE: tool('ffprobe'),
    PASS_THROUGH: tool('pass-through'),
  };
}

/** One copy of one service as a process of its own. */
export function serviceChild(context: StackContext, service: ServiceName, copy: number): Child {
  const name = copy === 0 ? service : `${service}-${copy + 1}`;
  return new Child({
    name,
    command: [process.execPath, ...nodeFlags, join(root, 'services', service, 'main.ts')],
    env: { ...inherited(), ...nodeEnvironment, ...serviceEnvironment(context, service, copy) },
    cwd: root,
    log: context.logFile(name),
  });
}

/** What every process of the stack may know of the starter's environment. */
export function inherited(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) =>
    /^(PATH|LD_LIBRARY_PATH|HOME|LANG|LC_ALL|TZ|TMPDIR|NODE_ENV|NODE_COMPILE_CACHE|LOG_LEVEL|RETENTION_.*|OTEL_.*)$/.test(
      name,
    ),
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}
