import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { access, outsideAccess } from '@sightline/contracts';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { accepts, until } from './ready.ts';

/** Starts nats-server with JetStream and a user for each service, and those from outside. */
export async function startNats(context: StackContext): Promise<Child> {
  const folder = join(context.state, 'nats');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'nats.conf');
  await writeFile(config, natsConfig(folder, context.ports.nats, context.secrets.nats), { mode: 0o600 });
  const child = new Child({
    name: 'nats',
    command: [context.tool('nats-server'), '-c', config],
    log: context.logFile('nats'),
  });
  child.start();
  await until('nats', () => accepts(context.ports.nats));
  return child;
}

/** The configuration of nats-server (JSON is valid in it): every user may do what contracts/access.ts says, `admin` all. */
export function natsConfig(
  folder: string,
  port: number,
  passwords: Record<string, string>,
  host = '127.0.0.1',
): string {
  const limited = Object.entries({ ...access, ...outsideAccess }).map(([user, { nats }]) => ({
    user,
    password: passwords[user],
    permissions: { publish: { allow: nats.publish }, subscribe: { allow: nats.subscribe } },
  }));
  const config = {
    listen: `${host}:${port}`,
    server_name: 'sightline',
    jetstream: {
      store_dir: folder,
      max_memory_store: 256 * 1024 * 1024,
      max_file_store: 10 * 1024 ** 3,
      sync_interval: '10s',
    },
    max_payload: 1024 * 1024,
    authorization: { users: [{ user: 'admin', password: passwords.admin }, ...limited] },
  };
  return JSON.stringify(config, null, 2);
}
