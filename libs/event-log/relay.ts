import {
  AckPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  StorageType,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos, headers as natsHeaders } from '@nats-io/transport-node';
import { headers, Metadata, streams, subjects } from '@sightline/contracts';
import type { Logger } from '@sightline/service';
import type { Pool } from 'pg';
import { leadForEver } from './leader.ts';
import type { EventLog } from './log.ts';
import { readHead, readPage } from './page.ts';
import { raw } from './record.ts';
import { readTail } from './tail.ts';
import type { RawEvent } from './types.ts';

interface RelayOptions {
  log: EventLog;
  pool: Pool;
  nats: NatsConnection;
  logger: Logger;
}

/** A relay at work; `lag` is how many events of the log are not yet in JetStream, as far as this copy knows. */
export interface Relay {
  lag(): number;
  close(): Promise<void>;
}

const batch = 500;
/** Short: the server remembers ids through a purge and would refuse to be filled again. The fence is what keeps events from being twice. */
const duplicateWindowMs = 5_000;

/**
 * Copies the log to JetStream stream `LOG`, each event once and in order. One relay leads by an advisory lock; what keeps
 * two from writing twice is the fence: every publish names the sequence that must be the stream's last.
 */
export function startRelay(options: RelayOptions): Relay {
  const ended = new AbortController();
  const state = { lag: 0 };
  const { pool, logger } = options;
  const { signal } = ended;
  const work = (leading: AbortSignal) => copy(options, state, leading);
  const running = leadForEver({ pool, logger, name: 'relay', signal, work });
  return {
    lag: () => state.lag,
    close: async () => {
      ended.abort();
      await running;
    },
  };
}

async function copy({ log, pool, nats }: RelayOptions, state: { lag: number }, signal: AbortSignal): Promise<void> {
  const js = jetstream(nats);
  const tail = await readTail(await ensureStream(nats));
  let { position, sequence } = tail;
  const head = await readHead(pool);
  if (position > head)
    throw new Error(`JetStream stands at position ${position}, the log at ${head}: they are of different systems`);
  while (!signal.aborted) {
    const notifications = log.appends.notifications;
    const { items: events } = await readPage(pool, raw, { after: position, limit: batch });
    await publish(js, events, sequence);
    sequence += events.length;
    position = events.at(-1)?.position ?? position;
    state.lag = Math.max(0, (await readHead(pool)) - position);
    if (events.length < batch) {
      await log.appends.next(notifications, signal);
      if (events.length === 0) await assertUnchanged(nats, sequence);
    }
  }
}

async function ensureStream(nats: NatsConnection): Promise<JetStreamManager> {
  const manager = await jetstreamManager(nats);
  const { name, subjects: filter } = streams.log;
  const wanted = {
    subjects: [...filter],
    allow_direct: true,
    deny_delete: true,
    duplicate_window: nanos(duplicateWindowMs),
  };
  try {
    await manager.streams.add({ name, storage: StorageType.File, ...wanted });
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== otherConfig) throw error;
    await manager.streams.update(name, wanted);
  }
  await manager.consumers.add(name, { durable_name: streams.log.consumer, ack_policy: AckPolicy.Explicit });
  return manager;
}

/** JetStream error 10058: the stream is there with another configuration. */
const otherConfig = 10058;

/** JetStream may lose its tail when it dies, since it acknowledges before it syncs: then the relay begins anew. */
async function assertUnchanged(nats: NatsConnection, sequence: number): Promise<void> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const { state } = await manager.streams.info(streams.log.name);
  if (state.last_seq === sequence && (state.messages > 0 || sequence === 0)) return;
  throw new Error(`stream stands at ${state.last_seq} with ${state.messages} messages, expected ${sequence}`);
}

async function publish(js: JetStreamClient, events: RawEvent[], sequence: number): Promise<void> {
  const acks = await Promise.all(
    events.map((event, index) => {
      const metadata = Metadata.parse(JSON.parse(event.metadata));
      return js.publish(subjectOf(event.stream, metadata), toMessage(event), {
        msgID: event.id,
        headers: headersOf(event.position, metadata),
        expect: { lastSequence: sequence + index, streamName: streams.log.name },
      });
    }),
  );
  if (acks.some((ack, index) => ack.seq !== sequence + index + 1))
    throw new Error('the stream was written by another relay');
}

function subjectOf(stream: string, { site }: Metadata): string {
  const dash = stream.indexOf('-');
  return subjects.log(site, stream.slice(0, dash), stream.slice(dash + 1));
}

function headersOf(position: number, { traceparent }: Metadata) {
  const hdrs = natsHeaders();
  hdrs.set(headers.position, String(position));
  if (traceparent) hdrs.set(headers.traceparent, traceparent);
  return hdrs;
}

/** A `LogMessage` with data and metadata as they were written: a newer process may have, in a version unknown here. */
function toMessage({ data, metadata, ...event }: RawEvent): string {
  return `${JSON.stringify(event).slice(0, -1)},"data":${data},"metadata":${metadata}}`;
}
