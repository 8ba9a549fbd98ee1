import { type NatsConnection, headers as natsHeaders, type PublishOptions } from '@nats-io/transport-node';
import { type Detection, headers, redisKeys, subjects } from '@sightline/contracts';
import { currentTraceparent, type Directory, type Logger, linkOf, metrics, pause, withSpan } from '@sightline/service';
import type { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import type { Clocks } from './clocks.ts';
import { FlatFrames } from './flat-frames.ts';
import type { Ownership } from './ownership.ts';
import type { Payloads } from './payloads.ts';
import { RecentIds } from './recent-ids.ts';
import { type StreamEntry, toEntries } from './redis.ts';

interface FastLaneOptions {
  /** A connection for blocking reads, and one that subscribes. */
  reader: Redis;
  subscriber: Redis;
  nats: NatsConnection;
  directory: Directory;
  ownership: Ownership;
  clocks: Clocks;
  payloads: Payloads;
  logger: Logger;
  signal: AbortSignal;
}

const batch = 500;
const published = counter('published_total', 'Detections published on the fast lane.');
const shed = counter(
  'shed_total',
  'Detections left out of the fast lane: newer ones stood behind them, or NATS was away.',
);
const refused = counter('refused_total', 'Messages that the fast lane could not take; the durable lane says why.');

function counter(name: string, help: string): Counter {
  return new Counter({ name: `sightline_events_fast_${name}`, help, registers: [metrics] });
}

/**
 * The fast lane: follows the tail of the Redis Stream and the channel of the same name, and publishes each detection at
 * once. It never waits for a database, and passes over a backlog: the newest of each camera is what counts.
 */
export async function runFastLane(options: FastLaneOptions): Promise<void> {
  const { signal, logger } = options;
  const publish = publisher(options);
  options.subscriber.on(
    'message',
    (_channel: string, data: string) => void publish([{ id: '', data, traceparent: undefined }]),
  );
  await options.subscriber.subscribe(redisKeys.channel);
  while (!signal.aborted) {
    try {
      await follow(options, publish);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error }, 'fast lane interrupted, going on from the end of the stream');
      await pause(500, signal);
    }
  }
}

async function follow(
  { reader, signal }: FastLaneOptions,
  publish: (entries: StreamEntry[]) => Promise<void>,
): Promise<void> {
  let last = await endOfStream(reader);
  while (!signal.aborted) {
    const answer = await reader.xread('COUNT', batch, 'BLOCK', 1_000, 'STREAMS', redisKeys.stream, last);
    const entries = toEntries(answer?.[0]?.[1] ?? []);
    last = entries.at(-1)?.id ?? last;
    if (entries.length === batch) {
      const tail = await reader.xrevrange(redisKeys.stream, '+', `(${last}`, 'COUNT', batch);
      entries.push(...toEntries(tail.reverse()));
      last = entries.at(-1)?.id ?? last;
      await publish(newestOfEach(entries));
    } else await publish(entries);
  }
}

/** The id of the last entry: reading goes on from a definite place, so that nothing between two reads is missed. */
async function endOfStream(reader: Redis): Promise<string> {
  const [last] = await reader.xrevrange(redisKeys.stream, '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

function newestOfEach(entries: StreamEntry[]): StreamEntry[] {
  const newest = new Map<string, StreamEntry>();
  for (const entry of entries) newest.set(/"camera(?:_id)?"\s*:\s*"([^"]*)"/.exec(entry.data)?.[1] ?? entry.id, entry);
  shed.inc(entries.length - newest.size);
  return [...newest.values()];
}

/**
 * Publishes what was read at once. Nothing is awaited between two messages of a read: NATS writes to its socket when the
 * work at hand ends, so that a read is one write and not one a message.
 */
function publisher(options: FastLaneOptions): (entries: StreamEntry[]) => Promise<void> {
  const { nats, ownership, logger } = options;
  const frames = new FlatFrames();
  const seen = new RecentIds(20_000);
  const link = linkOf(nats);
  return async (entries) => {
    const taken = entries.flatMap((entry) => take(options, entry));
    try {
      await ownership.learn(new Set(taken.map(({ detection }) => detection.camera)));
    } catch (error) {
      logger.debug({ err: error }, 'leases of new cameras not read');
    }
    for (const { detection, parent } of taken) {
      if (!ownership.owns(detection.camera) || !seen.add(detection.id)) continue;
      if (!link.up) {
        shed.inc();
        continue;
      }
      const frame = frames.gather(detection);
      const attributes = { 'sightline.camera': detection.camera };
      withSpan({ name: 'normalise', kind: 'CONSUMER', parent, attributes }, () => send(nats, frame));
    }
  };
}

/** A detection and the trace that it belongs to. */
interface Taken {
  detection: Detection;
  parent: string | undefined;
}

function take(options: FastLaneOptions, { id, data, traceparent }: StreamEntry): Taken[] {
  const { directory, payloads, clocks, logger } = options;
  try {
    const draft = payloads.read({ id, data });
    const site = directory.find(draft.camera)?.site;
    if (site !== undefined) {
      if (id !== '') clocks.learn(draft, Number.parseInt(id, 10));
      const detection = { ...clocks.mark(draft), site, receivedAtUs: Date.now() * 1000 };
      return [{ detection, parent: traceparent }];
    }
  } catch (error) {
    logger.debug({ err: error }, 'message passed over by the fast lane');
  }
  refused.inc();
  return [];
}

function send(nats: NatsConnection, detection: Detection): void {
  const subject = subjects.detection(detection.site, detection.camera);
  nats.publish(subject, JSON.stringify(detection), traced());
  published.inc();
}

/** Without a trace there are no headers: a message with headers is dearer. */
function traced(): PublishOptions {
  const traceparent = currentTraceparent();
  if (!traceparent) return {};
  const sent = natsHeaders();
  sent.set(headers.traceparent, traceparent);
  return { headers: sent };
}
