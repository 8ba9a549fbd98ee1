import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { streams } from '@sightline/contracts';
import { followLog, type Relay, startRelay } from '@sightline/event-log';
import { type LogStack, logger, noted, startLog, until, upTo } from './stack.ts';

describe('following the log over JetStream', () => {
  let stack: LogStack;
  let relay: Relay;
  before(async () => {
    stack = await startLog(['postgres', 'nats']);
    relay = startRelay({ ...stack.open(), nats: await stack.nats(), logger });
  });
  after(async () => {
    await relay.close();
    await stack[Symbol.asyncDispose]();
  });

  const append = (count: number) =>
    stack.log.append(
      'note-a',
      'any',
      upTo(count).map(() => noted('x')),
    );

  /** Follows from a position until `work` is done and everything was seen; resolves to the positions in the order seen. */
  async function following(from: number, work: (seen: number[]) => Promise<unknown>): Promise<number[]> {
    const ended = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      const events = followLog({ nats: await stack.nats(), after: from, logger, signal: ended.signal });
      for await (const { position } of events) seen.push(position);
    })();
    await work(seen);
    const head = await stack.log.read.head();
    await until(`position ${head} was seen`, () => seen.at(-1) === head, 40_000);
    ended.abort();
    await reading;
    return seen;
  }

  test('gives each event once and in order from where one was, through a purge, a loss of all and a kill', {
    timeout: 120_000,
  }, async () => {
    await append(900);
    const seen = await following(100, async (positions) => {
      await until('it has caught up', () => positions.at(-1) === 900);
      await append(10);
      await until('it is live', () => positions.at(-1) === 910);
      await (await jetstreamManager(await stack.nats())).streams.purge(streams.log.name);
      await append(10);
      await until('what came after the purge was seen', () => positions.at(-1) === 920, 40_000);
      const server = stack.stack.child('nats');
      await server.stop(0);
      await rm(join(stack.stack.state, 'nats', 'jetstream'), { recursive: true, force: true });
      await append(10);
      server.start();
      await until('what came after the loss was seen', () => positions.at(-1) === 930, 40_000);
      server.kill('SIGKILL');
      await append(10);
    });
    assert.deepEqual(
      seen,
      upTo(840).map((n) => 100 + n),
    );
  });
});
