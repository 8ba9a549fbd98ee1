import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Feed, type FeedDeps, type Wanted } from './feed.ts';
import { outcome } from './outcome.ts';
import type { Publication } from './publisher.ts';

const camera: Wanted = {
  camera: 'gate',
  site: 'north',
  area: 'yard',
  name: 'Gate',
  position: 1,
  enabled: true,
  tombstone: false,
  sources: { main: { url: 'rtsp://10.0.0.7/main' } },
};

/** A feed whose pictures come every moment of a clock that runs on at each look. */
function play(
  inRoom: (attempt: number) => boolean | undefined,
  { mediaServerAnswers = (): boolean => true, wanted = camera, roundTrips = [1], lookMs = 1_000 } = {},
) {
  const said: string[] = [];
  const reached: (string | undefined)[][] = [];
  const lags: number[] = [];
  const clock = { ms: 0 };
  const attempts = { count: 0 };
  const publish = (): Publication => {
    attempts.count += 1;
    let end = (_: ReturnType<typeof outcome>) => {};
    const ended = new Promise<ReturnType<typeof outcome>>((resolve) => {
      end = resolve;
    });
    const stop = async () => end(outcome('connecting', 'stopped', ''));
    return { stats: () => ({ frames: 1, lastFrameAt: clock.ms, lagMs: 0, transcoded: false }), ended, stop };
  };
  const deps: FeedDeps = {
    publisher: { start: publish },
    reach: async ({ url, credentials }) => {
      reached.push([url, credentials?.password]);
      return { url: new URL(url), roundTripMs: roundTrips[reached.length - 1] ?? Number.NaN };
    },
    open: () => ({ username: 'ann', password: 'hunter2' }),
    probe: async () => ({ codec: 'h264', width: 1, height: 1, framesPerSecond: 15, copyable: true }),
    mediaServerAnswers: async () => mediaServerAnswers(),
    inRoom: async () => {
      clock.ms += lookMs;
      return inRoom(attempts.count);
    },
    report: ({ state, reason }) => void said.push(`${state} ${reason.code}`),
    reportLag: (lagMs) => void lags.push(lagMs),
    now: () => clock.ms,
    log: () => {},
  };
  return { feed: new Feed(wanted, deps), said, reached, lags, attempts, clock };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('what the media server has let go is published again, though the camera goes on sending', async () => {
  const { feed, said } = play((attempt) => attempt > 1);
  await until(() => said.includes('live live'));
  await feed.stop();
  assert.deepEqual(said, ['connecting connecting', 'connecting media_server', 'live live']);
});

test('a media server that cannot be asked stops nothing', async () => {
  const { feed, attempts, clock } = play(() => undefined);
  await until(() => clock.ms > 8_000);
  await feed.stop();
  assert.equal(attempts.count, 1);
});

test('nothing is started before the media server answers', async () => {
  const asked = { times: 0 };
  const mediaServerAnswers = () => {
    asked.times += 1;
    return asked.times > 2;
  };
  const { feed, said, attempts } = play(() => true, { mediaServerAnswers });
  await until(() => said.includes('live live'));
  await feed.stop();
  assert.deepEqual([said, attempts.count], [['connecting connecting', 'connecting media_server', 'live live'], 1]);
});

test('a camera is asked with what was sealed, and what is said of it has nothing of that', async () => {
  const { feed, said, reached } = play(() => true, { wanted: { ...camera, credentials: 'sealed' } });
  await until(() => said.includes('live live'));
  await feed.stop();
  assert.deepEqual(reached, [['rtsp://10.0.0.7/main', 'hunter2']]);
  assert.ok(!said.join().includes('hunter2'));
});

test('a way that was slow for a moment makes pictures late for as long as it is slow', async () => {
  const { feed, lags, attempts } = play(() => true, { roundTrips: [3_000, 2_500, 20], lookMs: 6_000 });
  await until(() => lags.at(-1) === 20);
  await feed.stop();
  assert.deepEqual([[...new Set(lags)], attempts.count], [[3_000, 2_500, 20], 1]);
});
