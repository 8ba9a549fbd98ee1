import { type NatsConnection, headers as natsHeaders, type PublishOptions } from '@nats-io/transport-node';
import { type Detection, headers, redisKeys, subjects } from '@sightline/contracts';
import { currentTraceparent, type Directory, type Logger, linkOf, metrics, pause, withSpan } from '@sightline/service';
import type { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { firstCount, nextCount } from './batches.ts';
import type { Clocks } from './clocks.ts';
import type { FastLanePriority } from './fast-lane-priority.ts';
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
  priority: Pick<FastLanePriority, 'fastLaneRead'>;
  logger: Logger;
  signal: AbortSignal;
}

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
 * once. It never waits for a database, and passes over a backlog: the newest of each camera and worker is what counts.
 */
export async function runFastLane(options: FastLaneOptions): Promise<void> {
  const { signal, logger } = options;
  const publish = publisher(options);
  options.subscriber.on(
    'message',
    (_channel: string, data: string) => void publish([{ id: '', data, traceparent: undefined }], false),
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

async function follow({ reader, priority, signal }: FastLaneOptions, publish: Publish): Promise<void> {
  let last = await endOfStream(reader);
  let count = firstCount;
  while (!signal.aborted) {
    const answer = await reader.xread('COUNT', count, 'BLOCK', 1_000, 'STREAMS', redisKeys.stream, last);
    const entries = toEntries(answer?.[0]?.[1] ?? []);
    last = entries.at(-1)?.id ?? last;
    priority.fastLaneRead(entries.length);
    const isBacklog = entries.length >= count;
    count = nextCount(entries, count);
    if (isBacklog) {
      const tail = await reader.xrevrange(redisKeys.stream, '+', `(${last}`, 'COUNT', count);
      entries.push(...toEntries(tail.reverse()));
      last = entries.at(-1)?.id ?? last;
    }
    await publish(entries, isBacklog);
  }
}

/** The id of the last entry: reading goes on from a definite place, so that nothing between two reads is missed. */
async function endOfStream(reader: Redis): Promise<string> {
  const [last] = await reader.xrevrange(redisKeys.stream, '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

/** The newest of each camera, source and worker; of the flat form, one object a message, all that is of the newest frame. */
function newestOfEach(taken: Taken[]): Taken[] {
  const newest = new Map<string, Taken[]>();
  for (const each of taken) {
    const { camera, source, worker, capturedAtUs } = each.detection;
    const isFlat = worker.run === 'flat';
    const key = isFlat ? camera : `${camera} ${source} ${worker.id}`;
    const before = newest.get(key);
    const frameUs = before?.[0]?.detection.capturedAtUs ?? -1;
    if (!isFlat || capturedAtUs > frameUs) newest.set(key, [each]);
    else if (capturedAtUs === frameUs) before?.push(each);
  }
  const kept = [...newest.values()].flat();
  shed.inc(taken.length - kept.length);
  return kept;
}

/** Publishes what was read: all of it, or of a backlog the newest. */
type Publish = (entries: StreamEntry[], isBacklog: boolean) => Promise<void>;

/**
 * Publishes what was read at once. Nothing is awaited between two messages of a read: NATS writes to its socket when the
 * work at hand ends, so that a read is one write and not one a message.
 */
function publisher(options: FastLaneOptions): Publish {
  const { nats, ownership, logger } = options;
  const frames = new FlatFrames();
  const seen = new RecentIds(20_000);
  const link = linkOf(nats);
  return async (entries, isBacklog) => {
    const all = entries.flatMap((entry) => take(options, entry));
    // Without NATS no lease is renewed: when it has run out, a copy that has NATS tells the camera.
    if (!link.up) return shed.inc(all.length);
    const taken = isBacklog ? newestOfEach(all) : all;
    try {
      await ownership.learn(new Set(taken.map(({ detection }) => detection.camera)));
    } catch (error) {
      logger.debug({ err: error }, 'leases of new cameras not read');
    }
    if (!link.up) return shed.inc(taken.length);
    for (const { detection, parent } of taken) {
      if (!ownership.owns(detection.camera) || !seen.add(detection.id)) continue;
      const frame = frames.gather(detection);
      const attributes = { 'sightline.camera': detection.camera };
      withSpan({ name: 'normalise', kind: 'CONSUMER', parent, attributes }, (span) =>
        send(nats, frame, span.isRecording()),
      );
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

function send(nats: NatsConnection, detection: Detection, isSampled: boolean): void {
  const subject = subjects.detection(detection.site, detection.camera);
  // A message with headers is dearer: only what is sampled has them.
  nats.publish(subject, JSON.stringify(detection), isSampled ? traced() : {});
  published.inc();
}

function traced(): PublishOptions {
  const traceparent = currentTraceparent();
  if (!traceparent) return {};
  const sent = natsHeaders();
  sent.set(headers.traceparent, traceparent);
  return { headers: sent };
}
