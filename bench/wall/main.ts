import type { Stack } from '@sightline/infra/embedded/stack';
import { operator } from '../../tests/support/client.ts';
import { startSystemWithCameras } from '../../tests/support/system.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { oldWall, ourWall, type Wall } from './walls.ts';
import { type Watched, watch } from './watch.ts';

const { quick } =
  benchOptions(`What a wall costs the browser, the console's beside as many JSMpeg players, on cameras of 640x360 at 15 fps.

  npm run bench:wall              1, 4, 9, 16 and 25 tiles; 9 three times
  npm run bench:wall -- --quick   4 tiles, shortly, for CI
`);
const load = {
  tiles: quick ? [4] : [1, 4, 9, 9, 9, 16, 25],
  /** The number of tiles that the goals are about. */
  judged: quick ? 4 : 9,
  settleMs: quick ? 500 : 3_000,
  seconds: quick ? 2 : 10,
};
const most = Math.max(...load.tiles);

interface Measured extends Watched {
  tiles: number;
  way: 'old' | 'ours';
}

async function main(): Promise<void> {
  const system = await startSystemWithCameras({ environment: { CAMERA_SUBS: String(most) } });
  const { stack } = system;
  try {
    await measure(stack);
  } finally {
    await system.end();
  }
}

async function measure(stack: Stack): Promise<void> {
  const measured: Measured[] = [];
  await register(stack);
  for (const tiles of load.tiles) {
    const ours = await once(await ourWall(stack, tiles));
    const old = await once(await oldWall(stack, tiles, ours.width));
    measured.push({ tiles, way: 'ours', ...ours }, { tiles, way: 'old', ...old });
  }
  const of = (way: Measured['way'], pick: (each: Watched) => number) =>
    median(measured.filter((each) => each.way === way && each.tiles === load.judged).map(pick));
  report('wall', measured.map(row), [
    { name: 'browser_cpu_ratio', value: of('old', cpuOf) / of('ours', cpuOf), atLeast: 2 },
    { name: 'all_playing_s', value: of('ours', ({ playingS }) => playingS), atMost: 3 },
  ]);
}

async function once(wall: Wall): Promise<Watched> {
  try {
    return await watch(wall, load);
  } finally {
    await wall.stop();
  }
}

/** The cameras, switched off, and who looks at them. */
async function register(stack: Stack): Promise<void> {
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'demo', name: 'Bench' });
  await administrator.post('/api/areas', { id: 'bench', site: 'demo', name: 'Bench' });
  for (let camera = 1; camera <= most; camera += 1) {
    const path = camera === 1 ? 'sub' : `sub${camera}`;
    const sources = { main: { url: `rtsp://127.0.0.1:${stack.ports.cameras}/${path}` } };
    const name = `Camera ${String(camera).padStart(2, '0')}`;
    await administrator.post('/api/cameras', { id: path, area: 'bench', name, sources, enabled: false });
  }
  const user = { id: 'bench', username: 'bench', password: 'a viewer of benches', role: 'viewer', areas: ['bench'] };
  await administrator.post('/api/users', user);
}

const cpuOf = ({ cpu }: Watched) => cpu;

const row = ({ tiles, way, cpu, dropped, playingS, width }: Measured) => ({
  tiles,
  'of px': Math.round(width),
  way: way === 'old' ? 'old: JSMpeg' : 'ours: the console',
  'browser CPU % of a core a tile': Number(cpu.toFixed(2)),
  'frames not shown %': Number(dropped.toFixed(1)),
  'all playing s': Number(playingS.toFixed(2)),
});

await main();
