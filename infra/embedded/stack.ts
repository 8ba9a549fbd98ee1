import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@sightline/contracts';
import { startCaddy } from './caddy.ts';
import { startCameras } from './cameras.ts';
import type { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { startLivekit } from './livekit.ts';
import { startNats } from './nats.ts';
import { fixedPorts, freePorts, type Ports } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { answers, until } from './ready.ts';
import { startRedis } from './redis.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { serviceChild, serviceEnvironment } from './services.ts';

const root = join(import.meta.dirname, '..', '..');

/** A real part of the stack that is not one of our services. */
export type Part = 'postgres' | 'redis' | 'nats' | 'livekit' | 'cameras' | 'caddy';

export interface StackOptions {
  /** Folder of data, secrets and logs. */
  state: string;
  /** `fixed` for `npm start`, `free` for stacks beside each other. */
  ports?: 'fixed' | 'free';
  parts: readonly Part[];
  /** How many copies of each service. */
  services?: Partial<Record<ServiceName, number>>;
  /** Added to the environment of every service. */
  environment?: Record<string, string>;
  /** Folder of the built console, served by Caddy. */
  console?: string;
  /** Told the name of each part before it is started. */
  onStep?: (name: string) => void;
}

/** A running stack. */
export interface Stack extends AsyncDisposable {
  /** The one origin, when `caddy` is among the parts. */
  url: string;
  ports: Ports;
  secrets: Secrets;
  state: string;
  /** What was added to the environment of every service. */
  extraEnvironment: Record<string, string>;
  /** What a service would read from its environment. */
  environmentOf(service: ServiceName, copy?: number): Record<string, string>;
  /** A process by name: a part, a service, or its second copy as `<service>-2`. */
  child(name: string): Child;
  children(): readonly Child[];
  /** The one-time password of the first administrator, when it has not been taken yet; taking it removes it. */
  takeFirstPassword(): Promise<string | undefined>;
  /** Runs another process as a part of the stack: it ends with it. */
  add(child: Child): void;
  close(): Promise<void>;
}

const starters: Record<Exclude<Part, 'caddy'>, (context: StackContext) => Promise<Child>> = {
  postgres: startPostgres,
  redis: startRedis,
  nats: startNats,
  livekit: startLivekit,
  cameras: startCameras,
};

type Phase = 'first' | 'then' | 'last';

/** What others lean on ends after them: a camera is given back at the media server, a lease at NATS. */
function phaseOf(name: string): Phase {
  if (['postgres', 'redis', 'nats'].includes(name)) return 'last';
  return ['livekit', 'cameras'].includes(name) ? 'then' : 'first';
}

/** Starts real parts and services, in order of who needs whom. What was started is stopped again when one fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const context = await contextOf(options);
  const children: Child[] = [];
  const stack = stackOf(context, children);
  try {
    await Promise.all(
      options.parts
        .filter((part) => part !== 'caddy')
        .map(async (part) => {
          options.onStep?.(part);
          children.push(await starters[part](context));
        }),
    );
    for (const child of serviceChildren(context, options)) {
      options.onStep?.(child.name);
      child.start();
      children.push(child);
    }
    if (options.parts.includes('caddy')) children.push(await startProxy(context, options));
    await servicesReady(context, options);
    return stack;
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function contextOf(options: StackOptions): Promise<StackContext> {
  const { state } = options;
  await mkdir(join(state, 'logs'), { recursive: true });
  return {
    state,
    ports: options.ports === 'fixed' ? fixedPorts : await freePorts(),
    secrets: await secretsOf(state),
    logFile: (name) => join(state, 'logs', `${name}.log`),
    tool: (name) => join(root, '.tools', 'bin', name),
    environment: options.environment ?? {},
  };
}

function serviceChildren(context: StackContext, { services = {} }: StackOptions): Child[] {
  return serviceNames.flatMap((service) =>
    Array.from({ length: services[service] ?? 0 }, (_, copy) => serviceChild(context, service, copy)),
  );
}

function servicePorts({ ports }: StackContext, { services = {} }: StackOptions, service: ServiceName): number[] {
  return ports.services[service].slice(0, services[service] ?? 0);
}

function startProxy(context: StackContext, options: StackOptions): Promise<Child> {
  options.onStep?.('caddy');
  const upstreams = serviceNames.map((service) => [
    service,
    servicePorts(context, options, service).map((port) => `127.0.0.1:${port}`),
  ]);
  return startCaddy(context, {
    console: options.console ?? join(root, 'apps', 'console', 'dist'),
    contracts: join(root, 'libs', 'contracts', 'generated'),
    upstreams: Object.fromEntries(upstreams),
    livekit: `127.0.0.1:${context.ports.livekit}`,
    collector: process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? options.environment?.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
}

async function servicesReady(context: StackContext, options: StackOptions): Promise<void> {
  const ports = serviceNames.flatMap((service) =>
    servicePorts(context, options, service).map((port) => ({ service, port })),
  );
  await Promise.all(
    ports.map(({ service, port }) =>
      until(`${service} (log: ${context.logFile(service)})`, () => answers(`http://127.0.0.1:${port}/ready`), 60_000),
    ),
  );
}

function stackOf(context: StackContext, children: Child[]): Stack {
  const close = async () => {
    const stop = (phase: Phase, graceMs: number) =>
      Promise.all(children.filter(({ name }) => phaseOf(name) === phase).map((child) => child.stop(graceMs)));
    await stop('first', 2_800);
    await stop('then', 600);
    await stop('last', 1_200);
  };
  return {
    url: `http://localhost:${context.ports.origin}`,
    ports: context.ports,
    secrets: context.secrets,
    state: context.state,
    extraEnvironment: context.environment,
    environmentOf: (service, copy = 0) => serviceEnvironment(context, service, copy),
    child: (name) => {
      const found = children.find((child) => child.name === name);
      if (!found)
        throw new Error(
          `No process ${name} in this stack; there are ${children.map((child) => child.name).join(', ')}.`,
        );
      return found;
    },
    children: () => children,
    takeFirstPassword: async () => {
      const path = join(context.state, 'secrets', 'first-administrator');
      const password = await readFile(path, 'utf8').catch(() => undefined);
      await rm(path, { force: true });
      return password?.trim();
    },
    add: (child) => {
      children.push(child);
      child.start();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
