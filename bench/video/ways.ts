import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { accepts } from '@sightline/infra/embedded/ready';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Page } from 'playwright-core';
import { operator } from '../../tests/support/client.ts';
import { until } from '../../tests/support/until.ts';
import { cpuSeconds } from '../lib/processes.ts';

/** One way of carrying the cameras: where to look, and what its servers have cost so far. */
export interface Way {
  name: string;
  open(page: Page): Promise<void>;
  /** Processor time of its server processes (s). */
  cpu(): number;
  stop(): Promise<void>;
}

const tool = (name: string) => join(import.meta.dirname, '..', '..', '.tools', 'bin', name);
/** Paths of clock cameras at the simulator. */
export const clockPaths = (cameras: number) =>
  Array.from({ length: cameras }, (_, index) => (index === 0 ? 'clock' : `clock${index + 1}`));

interface OldWayOptions {
  /** Paths of the cameras at the simulator. */
  paths: readonly string[];
  /** Of each MPEG-1 stream, as ffmpeg reads it. */
  bitrate?: string;
  /** Of each picture (px). */
  width?: number;
}

/** The old way, as a process of its own. */
export async function oldWay(stack: Stack, options: OldWayOptions): Promise<Way & { url: string }> {
  const port = stack.ports.services.registry[2] ?? 0;
  const { bitrate = '1500k', width = 480 } = options;
  const urls = options.paths.map((path) => `rtsp://127.0.0.1:${stack.ports.cameras}/${path}`);
  const script = join(import.meta.dirname, 'old-way.ts');
  const server: ChildProcess = spawn(process.execPath, [script, String(port), tool('ffmpeg'), bitrate, ...urls], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await until('the old way', () => accepts(port));
  const url = `http://127.0.0.1:${port}/?cameras=${urls.length}&width=${width}`;
  return {
    name: 'old: MPEG-1, Node, JSMpeg',
    url,
    open: async (page) => {
      await page.goto(url);
    },
    cpu: () => cpuSeconds(server.pid ?? 0),
    stop: async () => {
      server.kill('SIGTERM');
    },
  };
}

/** Ours: the console's own wall. Server cost: ingress with its publishers, and LiveKit. */
export async function ourWay(stack: Stack, cameras: number): Promise<Way> {
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Bench' });
  await administrator.post('/api/areas', { id: 'bench', site: 'demo', name: 'Bench' });
  const ids = clockPaths(cameras);
  for (const id of ids) {
    const sources = { main: { url: `rtsp://127.0.0.1:${stack.ports.cameras}/${id}` } };
    await administrator.post('/api/cameras', { id, area: 'bench', name: id, sources });
  }
  await administrator.post('/api/users', {
    id: 'bench',
    username: 'bench',
    password: 'a viewer of benches',
    role: 'viewer',
    areas: ['bench'],
  });
  return {
    name: 'ours: pass-through, LiveKit, WebRTC',
    open: (page) => openWall(page, stack.url, cameras),
    cpu: () => ['ingress', 'livekit'].reduce((total, name) => total + cpuSeconds(stack.child(name).pid ?? 0), 0),
    stop: async () => {
      for (const id of ids) await (await operator(stack)).post(`/api/cameras/${id}/disable`);
    },
  };
}

/** Signs in as the bench's viewer and waits until every camera plays. */
export async function openWall(page: Page, url: string, cameras: number): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill('bench');
  await page.getByLabel('Password').fill('a viewer of benches');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const tiles = page.getByTestId('tile');
  await until('every camera live on the wall', async () => {
    const states = await tiles.evaluateAll((figures) => figures.map((figure) => figure.dataset.state));
    if (states.filter((state) => state === 'live').length === cameras) return true;
    throw new Error(`${states.length} tiles: ${states.join(', ')}`);
  });
}
