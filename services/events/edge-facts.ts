import { AckPolicy, type JsMsg, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { EdgeFact, FeedStateChanged, streams } from '@sightline/contracts';
import { Conflict, type EventLog } from '@sightline/event-log';
import { type Logger, parseJson, pause } from '@sightline/service';
import type { Store } from './store.ts';

interface EdgeFactsOptions {
  nats: NatsConnection;
  log: EventLog;
  store: Store;
  logger: Logger;
  signal: AbortSignal;
}

const { name, subjects, consumer } = streams.edge;
const weekNs = 7 * 86_400 * 1e9;

/**
 * Appends what was seen at the edge to the log, once in effect; a fact of an older epoch or sequence is dropped. One fact is
 * in hand at a time, whichever copy has it: two copies would overtake each other, and drop what came second.
 */
export async function runEdgeFacts(options: EdgeFactsOptions): Promise<void> {
  const { nats, logger, signal } = options;
  while (!signal.aborted && !nats.isClosed()) {
    try {
      await consume(options);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error }, 'edge facts interrupted, trying again');
    }
    await pause(1_000, signal);
  }
}

async function consume(options: EdgeFactsOptions): Promise<void> {
  const { nats, signal } = options;
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name, subjects: [...subjects], storage: StorageType.File, max_age: weekNs });
  await manager.consumers.add(name, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: 5e9,
    max_ack_pending: 1,
  });
  const messages = await (await jetstream(nats).consumers.get(name, consumer)).consume({
    max_messages: 100,
    expires: 5_000,
    // A stream that is gone does not come back by itself: reading fails then, and makes it when it begins anew.
    abort_on_missing_resource: true,
  });
  const stop = () => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const message of messages) await take(options, message);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function take({ log, store, logger }: EdgeFactsOptions, message: JsMsg): Promise<void> {
  try {
    const fact = FeedStateChanged.safeParse(parseJson(message.string()));
    if (fact.success) await append(log, fact.data);
    else {
      const payload = message.string();
      await store.write(
        [],
        [
          {
            reason: `Expected a fact of a feed: ${fact.error.message}`,
            source: 'edge',
            sourceId: String(message.seq),
            payload,
          },
        ],
      );
    }
    message.ack();
  } catch (error) {
    logger.warn({ err: error }, 'edge fact not yet in the log, it comes again');
    message.nak(1_000);
  }
}

async function append(log: EventLog, fact: FeedStateChanged): Promise<void> {
  const stream = `feed-${fact.camera}`;
  for (;;) {
    const last = await log.read.last(stream);
    if (last && !isNewer(fact, EdgeFact.parse(last.data))) return;
    try {
      await log.append(stream, last?.streamPosition ?? 'none', [
        {
          id: fact.id,
          type: 'FeedStateChanged',
          data: fact,
          metadata: { site: fact.site, actor: { kind: 'edge', id: fact.ingress } },
          occurredAt: new Date(fact.occurredAt),
        },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

const isNewer = (fact: { epoch: number; sequence: number }, last: { epoch: number; sequence: number }) =>
  fact.epoch > last.epoch || (fact.epoch === last.epoch && fact.sequence > last.sequence);
