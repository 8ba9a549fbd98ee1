import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearState } from '@sightline/infra/embedded/clear';
import { startStack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { sessions } from '../../tests/support/client.ts';
import { native } from '../../tests/support/lanes.ts';
import { registerCameras } from '../lib/cameras.ts';
import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { mutate, randomOf } from './mutate.ts';
import { type Entry, throughRedis } from './through-redis.ts';
import { throughWebSocket } from './through-websocket.ts';

const { quick, seed = Date.now() % 1_000_000 } = benchOptions(
  `Mutated payloads on every way in: each must be answered, or put aside with a reason, and nobody may crash.

  npm run chaos:payloads            100,000 through Redis, 100,000 through the WebSocket
  npm run chaos:payloads -- --quick 2,000 each, for CI
  npm run chaos:payloads -- --seed=7 the same ones again
`,
  { seed: 'number' },
);
const each = quick ? 2_000 : 100_000;

async function main(): Promise<void> {
  const state = join(tmpdir(), `sightline-payloads-${process.pid}`);
  const services = { registry: 1, auth: 1, events: 1, 'overlay-gateway': 1 };
  const stack = await startStack({ state, parts: ['postgres', 'redis', 'nats', 'caddy'], services });
  const { ports, secrets } = stack;
  const pool = new Pool({
    connectionString: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`,
  });
  try {
    await registerCameras(stack, 2);
    const cookies = await sessions(stack, { username: 'rude', areas: ['bench'], count: quick ? 4 : 24 });
    const lost = await throughRedis({
      url: `redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`,
      pool,
      entries: workers(randomOf(seed)),
    });
    const ignored = await throughWebSocket({
      port: ports.services['overlay-gateway'][0] ?? 0,
      origin: stack.url,
      cookies,
      payloads: clients(randomOf(seed + 1)),
    });
    const unanswered = [...lost.map((entry) => JSON.stringify(entry)), ...ignored];
    for (const payload of unanswered) console.log(`Not answered: ${JSON.stringify(payload.slice(0, 1_000))}`);
    const crashes = stack.children().reduce((sum, child) => sum + child.restarts, 0);
    report(
      'chaos-payloads',
      [{ seed, 'through Redis': each, 'through the WebSocket': each }],
      [
        { name: 'crashes', value: crashes, atMost: 0 },
        { name: 'unanswered', value: unanswered.length, atMost: 0 },
      ],
    );
  } finally {
    await pool.end();
    await stack.close();
    await clearState(state);
  }
}

/** What a worker could write: mutations of both forms and of pictures beside a good one, and a few that are far too much. */
function workers(random: () => number): Entry[] {
  const flat = {
    camera_id: 'bench0',
    timestamp: Date.now() / 1000,
    type: 'face',
    bbox: [0.1, 0.1, 0.2, 0.2],
    track_id: 3,
  };
  const samples = [JSON.parse(native('bench0', 1)), JSON.parse(native('bench1', 2)), flat];
  const box = '{"class":"person","score":1,"box":[0,0,1,1]}';
  const much = [
    native('bench0', 3).replace('"objects":[', `"objects":[${`${box},`.repeat(1_000_000)}`),
    '['.repeat(1_000_000),
    `{"v":1,"camera":"${'x'.repeat(8_000_000)}"}`,
  ].map((data) => ({ data }));
  return [
    { ...pictured(much.length), thumbnails: `["${'A'.repeat(8_000_000)}"]` },
    ...much,
    ...Array.from({ length: each - much.length - 1 }, (_, n) =>
      n % 4 === 3 ? mutatedPictures(n, random) : { data: mutate(samples[n % 4], random) },
    ),
  ];
}

const jpeg = Buffer.from('ffd8ffe000104a464946ffd9', 'hex').toString('base64');

/** A detection of a track that nothing else is seen of, and its picture. */
function pictured(n: number): Required<Entry> {
  const track = `pictured ${n}`;
  const objects = [{ track, class: 'person', score: 0.9, box: [0.1, 0.2, 0.1, 0.4] }];
  return {
    data: native('bench0', 1_000 + n, { objects }),
    thumbnails: JSON.stringify([{ track, quality: 0.5, jpeg }]),
  };
}

function mutatedPictures(n: number, random: () => number): Entry {
  const { data, thumbnails } = pictured(n);
  return { data, thumbnails: mutate(JSON.parse(thumbnails), random) };
}

/** What a client could say: mutations of every request, some as binary, and a message that is too long. */
function clients(random: () => number): (string | Buffer)[] {
  const filter = { classes: ['person'], minScore: 0.5, area: [0, 0, 1, 1] };
  const samples = [
    { type: 'subscribe', cameras: ['bench0', 'bench1'], filter },
    { type: 'unsubscribe', cameras: ['bench0'] },
  ];
  const mutated = Array.from({ length: each - 1 }, (_, n) => mutate(samples[n % 2] ?? {}, random));
  return ['x'.repeat(1_000_000), ...mutated.map((text, n) => (n % 50 === 0 ? Buffer.from(text) : text))];
}

await main();
