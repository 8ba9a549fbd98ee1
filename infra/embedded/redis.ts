import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { access, workerAccess } from '@sightline/contracts';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { accepts, until } from './ready.ts';

/** Starts Redis with an append-only file, no eviction, and a user for whoever has business there. */
export async function startRedis(context: StackContext): Promise<Child> {
  const folder = join(context.state, 'redis');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const acl = join(folder, 'users.acl');
  const config = join(folder, 'redis.conf');
  await writeFile(acl, redisAcl(context.secrets.redis), { mode: 0o600 });
  await writeFile(config, redisConfig(folder, acl, context.ports.redis), { mode: 0o600 });
  const child = new Child({
    name: 'redis',
    command: [context.tool('redis-server'), config],
    log: context.logFile('redis'),
  });
  child.start();
  await until('redis', () => accepts(context.ports.redis));
  return child;
}

function redisConfig(folder: string, acl: string, port: number): string {
  const lines = {
    bind: '127.0.0.1',
    port,
    dir: folder,
    aclfile: acl,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    maxmemory: '1gb',
    save: '""',
    daemonize: 'no',
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key} ${value}\n`)
    .join('');
}

/**
 * The users of Redis as an ACL file; nobody comes in without a name. Redis reads its append-only file as the default user and
 * leaves out each transaction that he may not run (redis/redis#14541): he may do everything, and is switched off.
 */
export function redisAcl(passwords: Record<string, string>): string {
  const users: Record<string, readonly string[]> = {
    admin: ['+@all', '~*', '&*'],
    worker: workerAccess.redis,
    ...Object.fromEntries(Object.entries(access).flatMap(([name, { redis }]) => (redis ? [[name, redis]] : []))),
  };
  const lines = Object.entries(users).map(
    ([name, rules]) => `user ${name} on >${passwords[name]} resetkeys resetchannels -@all ${rules.join(' ')}`,
  );
  return `user default off ~* &* +@all\n${lines.join('\n')}\n`;
}
