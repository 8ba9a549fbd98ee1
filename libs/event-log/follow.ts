import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { headers, LogMessage, streams } from '@sightline/contracts';
import { type Logger, parseJson, pause } from '@sightline/service';
import { readTail } from './tail.ts';

interface FollowOptions {
  nats: NatsConnection;
  /** The position that was remembered; 0 at the very first. */
  after?: number;
  logger: Logger;
  signal: AbortSignal;
}

const { name } = streams.log;
const idleMs = 5_000;

/**
 * The log as JetStream has it, for who cannot read Postgres: each event after a position once and in order, then whatever
 * comes, until `signal` aborts. Outlives NATS, and a stream that was lost, emptied or is being filled again: it goes by the
 * position, and waits until what it has seen stands there again.
 */
export async function* followLog({ nats, after = 0, logger, signal }: FollowOptions): AsyncGenerator<LogMessage> {
  let last = after;
  while (!signal.aborted && !nats.isClosed()) {
    try {
      for await (const message of readOn(nats, last, signal)) {
        yield message;
        last = message.position;
      }
    } catch (error) {
      logger.debug({ err: error }, 'stream of the log not readable, trying again');
      await pause(500, signal);
    }
  }
}

/** What follows a position, until nothing has come for a while: then the stream may have been lost, and is looked at anew. */
async function* readOn(nats: NatsConnection, after: number, signal: AbortSignal): AsyncGenerator<LogMessage> {
  const tail = await readTail(await jetstreamManager(nats, { checkAPI: false }));
  if (tail.position < after) throw new Error(`the stream stands at position ${tail.position}, expected ${after}`);
  const start = Math.max(1, after + 1 + tail.sequence - tail.position);
  const consumer = await jetstream(nats).consumers.get(name, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: start,
  });
  let last = after;
  for (let seen = -1; seen !== last && !signal.aborted; ) {
    seen = last;
    const messages = await consumer.fetch({ max_messages: 500, expires: idleMs });
    const stop = () => messages.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const message of messages) {
        const position = Number(message.headers?.get(headers.position));
        if (position <= last) continue;
        if (position !== last + 1) throw new Error(`expected position ${last + 1} next, got ${position}`);
        yield LogMessage.parse(parseJson(message.string()));
        last = position;
        if (signal.aborted) return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
