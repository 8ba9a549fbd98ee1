import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { answers, until } from './ready.ts';

/** Starts LiveKit on loopback, with one UDP port for all media. */
export async function startLivekit(context: StackContext): Promise<Child> {
  const { ports, secrets } = context;
  const folder = join(context.state, 'livekit');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'livekit.yaml');
  const settings = {
    port: ports.livekit,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: ports.livekitUdp,
      tcp_port: ports.livekitTcp,
      node_ip: '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: true,
      // With another interface beside it, that one's socket may answer for the same announced address.
      interfaces: { includes: ['lo'] },
      ips: { includes: ['127.0.0.1/32'] },
    },
    prometheus: { port: ports.livekitMetrics },
    room: { auto_create: true, empty_timeout: 60 },
    keys: { [secrets.livekit.key]: secrets.livekit.secret },
    logging: { level: 'info', json: true },
  };
  await writeFile(config, stringify(settings), { mode: 0o600 });
  const child = new Child({
    name: 'livekit',
    command: [context.tool('livekit-server'), '--config', config],
    log: context.logFile('livekit'),
  });
  child.start();
  await until('livekit', () => answers(`http://127.0.0.1:${ports.livekit}/`));
  return child;
}
