import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@sightline/contracts';
import { execa } from 'execa';
import { answers, until } from '../embedded/ready.ts';
import { type Stack, startStack } from '../embedded/stack.ts';
import { root } from '../tools/paths.ts';
import { type Engine, engine } from './engine.ts';

const targets = ['service', 'ingress', 'web', 'vision'] as const;
type Target = (typeof targets)[number];

const containerOf = (name: ServiceName) => `sightline-check-${name}-${process.pid}`;
const imageOf = (target: Target) => `localhost/sightline/${target}`;

/** Builds every image of the Dockerfile. */
export async function buildImages(by: Engine, tell: (detail: string) => void): Promise<string> {
  const certificates = 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt';
  for (const target of targets) {
    tell(`building ${target}`);
    const env = by.name === 'podman' ? ['--env', certificates] : [];
    await engine(by, ['build', ...by.buildFlags, ...env, '--target', target, '-t', imageOf(target), '.']);
  }
  return targets.join(', ');
}

/** Tries what the images must be able to do besides running a service. */
export async function tryImages(by: Engine): Promise<string> {
  const says = async (target: Target, words: readonly string[], expected: RegExp, flags: readonly string[] = []) => {
    const [program = '', ...args] = words;
    const given = ['run', '--rm', '--network', 'host', ...flags, '--entrypoint', program, imageOf(target), ...args];
    const said = await engine(by, given);
    if (!expected.test(said)) throw new Error(`${target}: ${words.join(' ')} said ${said.slice(0, 300)}`);
  };
  await says('ingress', ['ffmpeg', '-hide_banner', '-h', 'muxer=whip'], /WHIP/);
  await says('web', ['caddy', 'version'], /\d+\.\d+/);
  await says('web', ['ls', '/console', '/contracts'], /index\.html/);
  await says('vision', ['python', '-m', 'vision', '--help'], /usage/i);
  const config = await mkdtemp(join(tmpdir(), 'sightline-config-'));
  await says('service', ['node', 'infra/compose/setup.ts'], /Set up \d+ files/, [
    '--user',
    '0',
    '-v',
    `${config}:/config`,
  ]);
  await rm(config, { recursive: true });
  return 'WHIP, console, AI worker, setup';
}

/** Runs every service in its image, on real parts of the embedded stack, until each answers its `/health`. */
export async function checkHealth(by: Engine, tell: (detail: string) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-compose-'));
  const stack = await startStack({ state: join(folder, 'state'), parts: ['postgres', 'redis', 'nats', 'livekit'] });
  const stop = new AbortController();
  const running = serviceNames.map((name) => runService(by, { name, folder, stack, signal: stop.signal }));
  try {
    for (const name of serviceNames) {
      tell(`waiting for ${name}`);
      const url = `http://127.0.0.1:${stack.ports.services[name][0]}/health`;
      await Promise.race([until(`${name} in its container`, () => answers(url), 90_000), ...running]);
    }
    return `${serviceNames.length} services answer`;
  } finally {
    stop.abort();
    await Promise.allSettled(running);
    await engine(by, ['rm', '-f', ...serviceNames.map(containerOf)]).catch(() => undefined);
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface RunOptions {
  name: ServiceName;
  folder: string;
  stack: Stack;
  signal: AbortSignal;
}

/** Resolves never while the container runs; rejects with what it said when it ends by itself. */
async function runService(by: Engine, { name, folder, stack, signal }: RunOptions): Promise<void> {
  const given = join(folder, name);
  await mkdir(given, { recursive: true });
  const { FFMPEG, FFPROBE, PASS_THROUGH, FIRST_ADMINISTRATOR_FILE, ...environment } = stack.environmentOf(name);
  await writeFile(join(given, 'environment.json'), JSON.stringify(environment));
  const image = imageOf(name === 'ingress' ? 'ingress' : 'service');
  const flags = ['--rm', '--name', containerOf(name), '--network', 'host', '-v', `${given}:/run/sightline:ro`];
  const [program, ...first] = by.command;
  const { all } = await execa(program, [...first, 'run', ...flags, image, name], {
    all: true,
    cwd: root,
    env: by.env,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 3_000,
  });
  if (!signal.aborted) throw new Error(`${name} ended in its container: ${all?.slice(-1_000)}`);
}
