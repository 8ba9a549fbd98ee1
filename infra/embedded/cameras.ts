import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { accepts, until } from './ready.ts';

/** Starts the camera simulator: a real RTSP server with recorded and burned-in-clock footage. */
export async function startCameras(context: StackContext): Promise<Child> {
  const footage = join(context.state, 'footage');
  await mkdir(footage, { recursive: true });
  const child = new Child({
    name: 'cameras',
    command: [context.tool('camera-simulator'), '--port', String(context.ports.cameras), '--footage', footage],
    log: context.logFile('cameras'),
  });
  child.start();
  await until('camera simulator', () => accepts(context.ports.cameras), 90_000);
  return child;
}
