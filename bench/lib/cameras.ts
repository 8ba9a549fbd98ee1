import type { Stack } from '@sightline/infra/embedded/stack';
import { operator } from '../../tests/support/client.ts';

/** Registers site, area and cameras `bench0`, `bench1`, …, switched off: only their boxes are wanted. */
export async function registerCameras(stack: Stack, count: number): Promise<string[]> {
  const administrator = await operator(stack);
  await administrator.post('/api/sites', { id: 'bench', name: 'Bench' });
  await administrator.post('/api/areas', { id: 'bench', site: 'bench', name: 'Bench' });
  const ids = Array.from({ length: count }, (_, camera) => `bench${camera}`);
  for (const id of ids) {
    const sources = { main: { url: 'rtsp://10.0.0.1/none' } };
    await administrator.post('/api/cameras', { id, area: 'bench', name: id, sources, enabled: false });
  }
  return ids;
}
