import { join } from 'node:path';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { accepts, until } from './ready.ts';

/** Where the encoded footage of the simulator is kept, for all stacks. */
export const footageFolder = join(import.meta.dirname, '..', '..', '.tools', 'footage');

/** Starts the camera simulator: a real RTSP server with recorded and burned-in-clock footage. */
export async function startCameras(context: StackContext): Promise<Child> {
  const { ports } = context;
  const options = {
    '--port': ports.cameras,
    '--locked-port': ports.lockedCameras,
    '--control-port': ports.cameraControl,
    '--footage': footageFolder,
    '--clocks': context.environment.CAMERA_CLOCKS ?? 1,
    '--subs': context.environment.CAMERA_SUBS ?? 0,
    '--dropout': context.environment.CAMERA_DROPOUT ?? '40,15',
  };
  const child = new Child({
    name: 'cameras',
    command: [
      context.tool('camera-simulator'),
      ...Object.entries(options).flatMap(([name, value]) => [name, String(value)]),
      ...(context.environment.CAMERA_LOOP ? ['--loop'] : []),
    ],
    log: context.logFile('cameras'),
  });
  child.start();
  await until(`camera simulator (log: ${context.logFile('cameras')})`, () => accepts(ports.cameras));
  return child;
}
