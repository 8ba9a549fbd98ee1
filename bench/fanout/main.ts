import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { sessions } from '../../tests/support/client.ts';
import { registerCameras } from '../lib/cameras.ts';
import { benchOptions } from '../lib/options.ts';
import { type Goal, report } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { type Capacity, capacityOf, servedBy } from './capacity.ts';
import { encodings } from './encodings.ts';
import { Feeder, perSecond } from './feeder.ts';
import { bytesPerSocket } from './memory.ts';
import { Crowd, gateway, startPeer, type Way } from './servers.ts';
import { type Outcome, trial } from './trial.ts';

const { quick } = benchOptions(`One gateway and many sockets, beside bare ws and Socket.IO on the same NATS.

  npm run bench:fanout            1 to 1,000 sockets, 20 cameras at 15 messages/s, 3 runs each
  npm run bench:fanout -- --quick up to 100 sockets, one short run, for CI
`);
const load = quick
  ? { crowds: [100], most: 100, runs: 1, seconds: 1, stalled: 50, two: 60 }
  : { crowds: [1, 100, 200, 300, 500, 1_000], most: 1_000, runs: 3, seconds: 4, stalled: 200, two: 500 };

interface Bench {
  crowd: Crowd;
  feeder: Feeder;
  ours: Way;
  second: Way;
  ws: Way;
  socketIo: Way;
  writes: Way;
}

const rows: Record<string, string | number>[] = [];
const say = (what: string, outcome: Outcome) => {
  const { perSecond: rate, perCore, cores, p50, p99 } = outcome;
  rows.push({
    what,
    'boxes/s': Math.round(rate),
    'boxes/core s': Math.round(perCore),
    cores: Number(cores.toFixed(2)),
    'p50 ms': Number.isNaN(p50) ? '' : Number(p50.toFixed(1)),
    'p99 ms': Number.isNaN(p99) ? '' : Number(p99.toFixed(1)),
  });
};

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-bench-${process.pid}`);
  const services = { registry: 1, auth: 1, 'overlay-gateway': 2 };
  const stack = await startStack({ state, parts: ['postgres', 'nats', 'livekit', 'caddy'], services });
  const peers = [
    await startPeer(stack, 'ws'),
    await startPeer(stack, 'Socket.IO'),
    await startPeer(stack, 'bare writes'),
  ] as const;
  const crowd = new Crowd();
  const nats = await connect({
    servers: `127.0.0.1:${stack.ports.nats}`,
    user: 'admin',
    pass: stack.secrets.nats.admin ?? '',
  });
  const cameras = await registerCameras(stack, 20);
  const feeder = new Feeder(nats, cameras);
  try {
    const [ours, second] = await copies(stack, cameras);
    const goals = await measure({ crowd, feeder, ours, second, ws: peers[0], socketIo: peers[1], writes: peers[2] });
    console.table(encodings());
    report('fanout', rows, goals);
  } finally {
    feeder.stop();
    crowd.end();
    for (const { child } of peers) child.kill();
    await nats.close();
    await stack.close();
    await clearState(state);
  }
}

async function copies(stack: Stack, cameras: string[]): Promise<[Way, Way]> {
  const cookies = await sessions(stack, { username: 'crowd', areas: ['bench'], count: 12 });
  return [gateway(stack, { copy: 0, cookies, cameras }), gateway(stack, { copy: 1, cookies, cameras })];
}

async function measure(bench: Bench): Promise<Goal[]> {
  const bytes = await bytesPerSocket(bench.crowd, bench.ours, load.most);
  const capacity = await capacities(bench);
  const half = await halfLoad(bench, capacity);
  const ours = capacity.ours.isInTime ? capacity.ours.perCore : 0;
  return [
    { name: 'deliveries_per_core_vs_ws', value: ours / capacity.ws.perCore, atLeast: 3 },
    { name: 'deliveries_per_core_vs_socketio', value: ours / capacity.socketIo.perCore, atLeast: 6 },
    {
      name: 'half_load_p99_ms',
      value: half.ours,
      atMost: 20,
      otherwise: { met: half.ours <= 2 * half.ws, why: `twice the ${half.ws.toFixed(1)} ms of bare ws` },
    },
    { name: 'stalled_socket_p99_rise', value: await stalledRise(bench), atMost: 10 },
    { name: 'bytes_per_socket', value: bytes, atMost: 40_000 },
    { name: 'cpu_per_delivery_two_copies', value: await twoCopies(bench), atMost: 1.1 },
  ];
}

type Compared = 'ours' | 'ws' | 'socketIo';

/** What a core of each way can do, and what a core could that only wrote. */
async function capacities({ crowd, feeder, ours, ws, socketIo, writes }: Bench): Promise<Record<Compared, Capacity>> {
  const compared = [ours, ws, socketIo];
  const served: { way: Way; sockets: number; outcome: Outcome }[] = [];
  const serve = async (way: Way, sockets: number) => {
    const outcome = await trial({ crowd, feeder, ways: [way], sockets, seconds: load.seconds });
    say(`${sockets} sockets, ${way.name}`, outcome);
    served.push({ way, sockets, outcome });
  };
  for (const sockets of load.crowds)
    for (let run = 0; run < load.runs; run += 1) for (const way of compared) await serve(way, sockets);
  for (let run = 0; run < load.runs; run += 1) await serve(writes, load.most);
  const by = (way: Way, sockets: number) =>
    servedBy(
      sockets,
      served.filter((each) => each.way === way && each.sockets === sockets).map(({ outcome }) => outcome),
    );
  const capacity = (way: Way) => capacityOf(load.crowds.map((sockets) => by(way, sockets)));
  const found = { ours: capacity(ours), ws: capacity(ws), socketIo: capacity(socketIo) };
  console.table(found);
  const limit = by(writes, load.most).perCore / found.socketIo.perCore;
  console.log(
    `Bare writes as often as the gateway's, the limit of whoever sends in time: ${limit.toFixed(1)} times Socket.IO.`,
  );
  return found;
}

/** Ages at half of what one core could deliver, for each way its own half. */
async function halfLoad({ crowd, feeder, ours, ws }: Bench, capacity: Record<Compared, Capacity>) {
  const results = { ours: [] as number[], ws: [] as number[] };
  for (let run = 0; run < load.runs; run += 1) {
    for (const [key, way] of Object.entries({ ours, ws }) as [keyof typeof results, Way][]) {
      const sockets = Math.min(load.most, Math.max(1, Math.floor(capacity[key].perCore / 2 / perSecond)));
      const outcome = await trial({ crowd, feeder, ways: [way], sockets, seconds: load.seconds });
      say(`half load: ${sockets} sockets, ${way.name}`, outcome);
      results[key].push(outcome.p99);
    }
  }
  return { ours: median(results.ours), ws: median(results.ws) };
}

/** How much later the others get their boxes when one socket reads nothing (%). */
async function stalledRise({ crowd, feeder, ours }: Bench): Promise<number> {
  const results = { without: [] as number[], with: [] as number[] };
  for (let run = 0; run < load.runs; run += 1) {
    for (const [key, stalled] of Object.entries({ without: 0, with: 1 }) as [keyof typeof results, number][]) {
      const outcome = await trial({
        crowd,
        feeder,
        ways: [ours],
        sockets: load.stalled,
        seconds: load.seconds,
        stalled,
      });
      say(`${load.stalled} sockets, ${stalled} stalled`, outcome);
      results[key].push(outcome.p99);
    }
  }
  return (median(results.with) / median(results.without) - 1) * 100;
}

/** Processor time a delivery with the crowd spread over two copies, by that with all of it at one. */
async function twoCopies({ crowd, feeder, ours, second }: Bench): Promise<number> {
  const results = { one: [] as number[], two: [] as number[] };
  for (let run = 0; run < load.runs; run += 1) {
    const one = await trial({ crowd, feeder, ways: [ours], sockets: 2 * load.two, seconds: load.seconds });
    const two = await trial({ crowd, feeder, ways: [ours, second], sockets: load.two, seconds: load.seconds });
    say(`${2 * load.two} sockets at one copy`, one);
    say(`${2 * load.two} sockets at two copies`, two);
    results.one.push(1 / one.perCore);
    results.two.push(1 / two.perCore);
  }
  return median(results.two) / median(results.one);
}

await main();
