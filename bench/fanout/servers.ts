import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Heard, Order } from './crowd.ts';

/** A server to hold beside others: where it listens, how a client says hello, whose processor time counts. */
export interface Way {
  name: string;
  pids(): number[];
  port: number;
  path: string;
  /** What is sent with the upgrade: one after the other is used. */
  headers: string[];
  greeting: string[];
}

/** Whom the gateway stands beside, and the least that can be done. */
type Peer = 'ws' | 'Socket.IO' | 'bare writes';

const folder = import.meta.dirname;

/** Starts a peer as a process of its own, on the same NATS. */
export async function startPeer(stack: Stack, name: Peer): Promise<Way & { child: ChildProcess }> {
  const child = fork(join(folder, 'peer.ts'), {
    env: {
      ...process.env,
      PEER: name,
      NATS_URL: `127.0.0.1:${stack.ports.nats}`,
      NATS_USER: 'admin',
      NATS_PASSWORD: stack.secrets.nats.admin ?? '',
    },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const path = name === 'Socket.IO' ? '/socket.io/?EIO=4&transport=websocket' : '/';
  const greeting = name === 'Socket.IO' ? ['40'] : [];
  return { name, child, port, path, headers: [''], greeting, pids: () => [child.pid ?? 0] };
}

/** A copy of the gateway as it stands, addressed directly, without the proxy, in the subprotocol that the console speaks. */
export function gateway(
  stack: Stack,
  { copy, cookies, cameras }: { copy: 0 | 1; cookies: string[]; cameras: string[] },
): Way {
  const name = copy === 0 ? 'overlay-gateway' : 'overlay-gateway-2';
  return {
    name: 'Sightline',
    pids: () => [stack.child(name).pid ?? 0],
    port: stack.ports.services['overlay-gateway'][copy] ?? 0,
    path: '/overlay',
    headers: cookies.map(
      (cookie) => `Origin: ${stack.url}\r\nCookie: ${cookie}\r\nSec-WebSocket-Protocol: sightline.v1.delta\r\n`,
    ),
    greeting: [JSON.stringify({ type: 'subscribe', cameras })],
  };
}

/** The clients, in a process of their own. */
export class Crowd {
  readonly #child = fork(join(folder, 'crowd.ts'));

  async #say(order: Order): Promise<unknown> {
    this.#child.send(order);
    const [answer] = await once(this.#child, 'message');
    if (typeof answer === 'object' && 'failed' in answer) throw new Error(answer.failed);
    return answer;
  }

  open = ({ port, path, headers, greeting }: Way, count: number) =>
    this.#say({ order: 'open', port, path, headers, greeting, count });
  clear = () => this.#say({ order: 'clear' });
  stall = (count: number) => this.#say({ order: 'stall', count });
  leave = () => this.#say({ order: 'leave' });
  report = async () => (await this.#say({ order: 'report' })) as Heard;
  end = () => this.#child.kill();
}
