import { join } from 'node:path';
import { buildConsole } from './console-build.ts';
import { seedDemo, startVision } from './demo.ts';
import { fixedPorts } from './embedded/ports.ts';
import { type Stack, startStack } from './embedded/stack.ts';
import { watchParent } from './parent.ts';
import { takenPorts } from './taken-ports.ts';
import { ensureTools, runtimeTools } from './tools/index.ts';
import { Progress, SetupError } from './tools/progress.ts';

const help = `Starts Sightline with a demo site on this machine.

  npm start                    set up what is missing, then run until Ctrl-C
  npm start -- --no-demo       without demo cameras and AI worker

  SIGHTLINE_STATE              folder of data, secrets and logs (.state)
  SIGHTLINE_PORTS=free         on any free ports, beside another one
  OTEL_EXPORTER_OTLP_ENDPOINT  where traces go
`;

const ports = process.env.SIGHTLINE_PORTS === 'free' ? 'free' : 'fixed';
const state = process.env.SIGHTLINE_STATE || join(import.meta.dirname, '..', '.state');

async function main(): Promise<void> {
  const progress = new Progress();
  const demo = !process.argv.includes('--no-demo');
  progress.say('Sightline');
  await ensureTools(runtimeTools, progress);
  await buildConsole(progress);
  if (ports === 'fixed') await assertPortsFree();
  const stack = await up(progress, demo);
  stopOnSignal(stack, progress);
  if (demo) await progress.step('demo site', () => startDemo(stack));
  await tell(stack, progress);
}

async function assertPortsFree(): Promise<void> {
  const { services, ...parts } = fixedPorts;
  const taken = await takenPorts([...Object.values(parts), ...Object.values(services).flat()]);
  if (taken.length === 0) return;
  const list = taken.map(({ port, by }) => `port ${port} by ${by}`).join(', ');
  if (taken.some(({ ours }) => ours))
    throw new SetupError(
      `Sightline runs already: ${list}.`,
      'use that one, or end it with Ctrl-C where it was started',
    );
  throw new SetupError(`Ports that Sightline needs are taken: ${list}.`, 'stop what listens there; see npm run doctor');
}

async function up(progress: Progress, demo: boolean): Promise<Stack> {
  const found: { stack?: Stack } = {};
  await progress.step('services', async (tell) => {
    found.stack = await startStack({
      state,
      ports,
      parts: ['postgres', 'redis', 'nats', 'livekit', ...(demo ? (['cameras'] as const) : []), 'caddy'],
      services: { registry: 1, ingress: 1, events: 1, 'overlay-gateway': 1, auth: 1 },
      onStep: tell,
    });
    return `${found.stack.children().length} processes`;
  });
  if (!found.stack) throw new Error('the stack did not start');
  return found.stack;
}

async function startDemo(stack: Stack): Promise<string> {
  await seedDemo(stack);
  await startVision(stack);
  return 'six cameras, one AI worker';
}

async function tell(stack: Stack, progress: Progress): Promise<void> {
  const password = await stack.takeFirstPassword();
  const signIn = password ? `administrator / ${password}   (one time: you choose your own next)` : 'as you did before';
  progress.say(`
  Open      ${stack.url}
  Sign in   ${signIn}
  Logs      ${join(state, 'logs')}
  Data      ${state}   (npm run reset empties it)

  Ctrl-C stops everything.
`);
}

function stopOnSignal(stack: Stack, progress: Progress): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    progress.say('  … stopping');
    await stack.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  watchParent(() => void stop());
}

if (process.argv.includes('--help')) console.log(help);
else {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
