import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clearState } from '@sightline/infra/embedded/clear';
import { type Stack, startStack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { Client as Postgres } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../tests/support/browser.ts';
import { viewer } from '../../tests/support/client.ts';
import { until } from '../../tests/support/until.ts';
import { registerCameras } from '../lib/cameras.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { median, percentile } from '../lib/statistics.ts';
import { type Peer, startPeer } from './peer.ts';

const { quick } =
  benchOptions(`From XADD to the browser's WebSocket handler, beside a bare Redis → NATS → ws echo in the same run.

  npm run bench:overlay            300 detections/s over 20 cameras, 3 viewers, 3 runs each
  npm run bench:overlay -- --quick one short run, for CI
`);
const load = { cameras: 20, perSecond: 300, viewers: 3, seconds: quick ? 4 : 20, runs: quick ? 1 : 3 };

/** One detection as a worker writes it; `capturedAtUs` is the moment of the XADD. */
function detection(sequence: number): string {
  return JSON.stringify({
    v: 1,
    camera: `bench${sequence % load.cameras}`,
    frame: { pts: sequence, clockRate: 90_000, width: 1280, height: 720, sequence },
    capturedAtUs: Math.round((performance.timeOrigin + performance.now()) * 1000),
    worker: { id: 'bench', run: 'bench' },
    model: { name: 'bench', version: '1' },
    objects: [
      { track: '1', class: 'person', score: 0.9, box: [0.1, 0.2, 0.1, 0.4] },
      { track: '2', class: 'person', score: 0.8, box: [0.5, 0.2, 0.1, 0.4] },
    ],
  });
}

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-bench-${process.pid}`);
  const stack = await startStack({
    state,
    parts: ['postgres', 'redis', 'nats', 'livekit', 'caddy'],
    services: { registry: 1, auth: 1, events: 1, 'overlay-gateway': 1 },
  });
  const browser = await launchBrowser();
  const peer = await startPeer(stack);
  try {
    await measure(stack, browser, peer);
  } finally {
    await browser.close();
    await peer.close();
    await stack.close();
    await clearState(state);
  }
}

async function measure(stack: Stack, browser: Browser, peer: Peer): Promise<void> {
  await registerCameras(stack, load.cameras);
  const ours = await openViewers(stack, browser, {
    url: `${stack.url.replace('http', 'ws')}/overlay`,
    protocol: 'sightline.v1',
  });
  const theirs = await openViewers(stack, browser, { url: `ws://127.0.0.1:${peer.port}`, protocol: '' });
  const writer = new Redis(`redis://admin:${stack.secrets.redis.admin}@127.0.0.1:${stack.ports.redis}`);
  const counter = { sequence: 0, ours: 0 };
  const results = { ours: [] as number[], theirs: [] as number[] };
  const rows = [];
  await run(writer, 'detections', { seconds: 2, counter });
  counter.ours = counter.sequence;
  for (let round = 1; round <= load.runs; round += 1) {
    for (const [name, stream, pages] of [
      ['theirs', peer.stream, theirs],
      ['ours', 'detections', ours],
    ] as const) {
      await Promise.all(pages.map(clear));
      const before = counter.sequence;
      await run(writer, stream, { seconds: load.seconds, counter });
      if (name === 'ours') counter.ours += counter.sequence - before;
      await pause(500);
      const latencies = (await Promise.all(pages.map(latenciesOf))).flat();
      results[name].push(percentile(latencies, 0.99));
      rows.push({
        run: round,
        way: name === 'ours' ? 'Sightline' : 'bare echo',
        sent: (counter.sequence - before) * load.viewers,
        received: latencies.length,
        'p50 ms': Number(percentile(latencies, 0.5).toFixed(1)),
        'p99 ms': Number(percentile(latencies, 0.99).toFixed(1)),
      });
    }
  }
  const lost = counter.ours - (await storedAfterDrain(stack, counter.ours));
  await writer.quit();
  const [p99, bare] = [median(results.ours), median(results.theirs)];
  report('overlay', rows, [
    {
      name: 'overlay_p99_ms',
      value: p99,
      atMost: 50,
      otherwise: { met: p99 <= 2 * bare, why: `twice the bare echo's ${bare.toFixed(1)} ms` },
    },
    { name: 'durable_lost', value: lost, atMost: 0 },
  ]);
}

async function openViewers(
  stack: Stack,
  browser: Browser,
  { url, protocol }: { url: string; protocol: string },
): Promise<Page[]> {
  const cameras = Array.from({ length: load.cameras }, (_, camera) => `bench${camera}`);
  const client = await viewer(stack, `viewer${protocol.length}`, ['bench']);
  const cookies = client.cookie
    .split('; ')
    .map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1), url: stack.url }));
  return Promise.all(
    Array.from({ length: load.viewers }, async () => {
      const { page } = await openPage(browser, { width: 400, height: 300 });
      await page.context().addCookies(cookies);
      await page.goto(`${stack.url}/config.json`);
      await page.evaluate(listen, { url, protocol, cameras });
      return page;
    }),
  );
}

/** In the page: keeps how old each detection was when the WebSocket's handler had it (ms). */
function listen({ url, protocol, cameras }: { url: string; protocol: string; cameras: string[] }): Promise<void> {
  const latencies: number[] = [];
  Object.assign(window, { latencies });
  const socket = protocol ? new WebSocket(url, protocol) : new WebSocket(url);
  socket.onmessage = ({ data }) => {
    const now = performance.timeOrigin + performance.now();
    const message = JSON.parse(data);
    const detection = message.detection ?? (message.capturedAtUs ? message : undefined);
    if (detection) latencies.push(now - detection.capturedAtUs / 1000);
  };
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error(`no socket to ${url}`));
    socket.onopen = () => {
      if (protocol) socket.send(JSON.stringify({ type: 'subscribe', cameras }));
      resolve();
    };
  });
}

const clear = (page: Page) => page.evaluate(() => void Reflect.get(window, 'latencies').splice(0));
const latenciesOf = (page: Page): Promise<number[]> => page.evaluate(() => Reflect.get(window, 'latencies'));

/** Writes at the rate of the load, evenly. */
async function run(
  writer: Redis,
  stream: string,
  { seconds, counter }: { seconds: number; counter: { sequence: number } },
): Promise<void> {
  const started = performance.now();
  const total = seconds * load.perSecond;
  for (let written = 0; written < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * load.perSecond));
    for (; written < due; written += 1) {
      void writer.xadd(stream, '*', 'data', detection(counter.sequence));
      counter.sequence += 1;
    }
    await pause(1);
  }
}

/** How many of the written detections stand in storage once nothing more comes. */
async function storedAfterDrain(stack: Stack, expected: number): Promise<number> {
  const client = new Postgres({
    connectionString: `postgres://postgres:${stack.secrets.postgres.admin}@127.0.0.1:${stack.ports.postgres}/sightline`,
  });
  await client.connect();
  const count = async () => Number((await client.query('select count(*) from events.detections')).rows[0]?.count);
  const stored = await until(
    'every detection stored',
    async () => ((await count()) >= expected ? count() : undefined),
    30_000,
  ).catch(count);
  await client.end();
  return stored;
}

await main();
