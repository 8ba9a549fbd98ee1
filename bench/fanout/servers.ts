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

/** About so many of those that come together are watched, evenly among them: who is served first is not all. */
const watched = 10;

/** The clients: a crowd in one process, and those who are watched in another, where reading their ages waits for nobody. */
export class Crowd {
  readonly #many = fork(join(folder, 'crowd.ts'));
  readonly #watched = fork(join(folder, 'crowd.ts'));

  /** Lets so many come; some of them are watched, unless `unwatched`. */
  async open(way: Way, count: number, { unwatched = false } = {}): Promise<void> {
    if (unwatched) return come(this.#many, way, { count, watched: false });
    const share = Math.ceil(count / watched);
    for (let opened = 0; opened < count; opened += share) {
      await come(this.#watched, way, { count: 1, watched: true });
      await come(this.#many, way, { count: Math.min(share, count - opened) - 1, watched: false });
    }
  }

  /** Lets those who came last read nothing. */
  stall = (count: number) => ask(this.#many, { order: 'stall', count });
  clear = () => this.#all({ order: 'clear' });
  leave = () => this.#all({ order: 'leave' });

  async report(): Promise<Heard> {
    const [many, some] = (await this.#all({ order: 'report' })) as [Heard, Heard];
    return { deliveries: many.deliveries + some.deliveries, ages: some.ages };
  }

  end(): void {
    this.#many.kill();
    this.#watched.kill();
  }

  #all = (order: Order) => Promise.all([ask(this.#many, order), ask(this.#watched, order)]);
}

async function come(child: ChildProcess, way: Way, some: { count: number; watched: boolean }): Promise<void> {
  const { port, path, headers, greeting } = way;
  await ask(child, { order: 'open', port, path, headers, greeting, ...some });
}

async function ask(child: ChildProcess, order: Order): Promise<unknown> {
  child.send(order);
  const [answer] = await once(child, 'message');
  if (typeof answer === 'object' && 'failed' in answer) throw new Error(answer.failed);
  return answer;
}
