import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, type RegisterCamera } from '@sightline/contracts';
import type { z } from 'zod';
import { Child } from './embedded/child.ts';
import { inherited } from './embedded/services.ts';
import type { Stack } from './embedded/stack.ts';
import { operatorToken } from './operator.ts';

type Camera = z.input<typeof RegisterCamera>;

const site = { id: 'demo', name: 'Demo site' };
const areas = [
  { id: 'outdoors', site: site.id, name: 'Outdoors' },
  { id: 'indoors', site: site.id, name: 'Indoors' },
  { id: 'vault', site: site.id, name: 'Vault' },
];

/** The demo's cameras; the last one has the wrong password on purpose. */
function camerasOf({ ports }: Stack): Camera[] {
  const at = (path: string, port = ports.cameras) => ({ main: { url: `rtsp://127.0.0.1:${port}/${path}` } });
  return [
    { id: 'plaza', area: 'outdoors', name: 'Plaza', sources: at('pedestrians') },
    { id: 'gate', area: 'outdoors', name: 'Gate, with B-frames', sources: at('bframes') },
    { id: 'yard', area: 'outdoors', name: 'Yard, drops off', sources: at('dropout') },
    { id: 'desk', area: 'indoors', name: 'Front desk', sources: at('faces') },
    { id: 'clock', area: 'indoors', name: 'Clock', sources: at('clock') },
    {
      id: 'vault',
      area: 'vault',
      name: 'Vault, wrong password',
      sources: {
        main: { ...at('locked', ports.lockedCameras).main, username: 'viewer', password: 'not-the-password' },
      },
    },
  ];
}

/** Registers the demo site by the same commands that people use; what is there already stays as it is. */
export async function seedDemo(stack: Stack): Promise<void> {
  const admin = `postgres://postgres:${stack.secrets.postgres.admin}@127.0.0.1:${stack.ports.postgres}`;
  const authorization = `Bearer ${await operatorToken(admin, 'demo')}`;
  const post = async (path: string, body: unknown) => {
    const headers = { authorization, 'content-type': 'application/json', origin: stack.url };
    const answer = await fetch(stack.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok && answer.status !== 409)
      throw new Error(`The demo site could not be registered: ${await answer.text()}`);
  };
  await post(endpoints.registerSite.path, site);
  for (const area of areas) await post(endpoints.registerArea.path, area);
  for (const camera of camerasOf(stack)) await post(endpoints.registerCamera.path, camera);
}

interface VisionOptions {
  /** Processor share that the worker may use. */
  cores?: number;
  /** Holds each result back (ms). */
  delayMs?: number;
}

/** Runs the AI worker on the demo's cameras; on the clock it follows the moving block. */
export async function startVision(stack: Stack, { cores = 0.5, delayMs = 0 }: VisionOptions = {}): Promise<void> {
  const analysed = camerasOf(stack).filter(({ id }) => id !== 'vault' && id !== 'gate');
  const config = join(stack.state, 'vision.json');
  const cameras = analysed.map(({ id, sources }) => ({ id, url: sources.main.url, barcode: id === 'clock' }));
  await writeFile(config, JSON.stringify(cameras), { mode: 0o600 });
  const tool = join(import.meta.dirname, '..', '.tools', 'bin', 'vision-worker');
  stack.add(
    new Child({
      name: 'vision',
      command: [tool, '--config', config, '--cpu-budget', String(cores), '--delay-ms', String(delayMs)],
      env: {
        ...inherited(),
        ...stack.extraEnvironment,
        REDIS_URL: `redis://worker:${stack.secrets.redis.worker}@127.0.0.1:${stack.ports.redis}`,
      },
      log: join(stack.state, 'logs', 'vision.log'),
    }),
  );
}
