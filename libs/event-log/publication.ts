import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { type Logger, ownBucket, pause, putNewer } from '@sightline/service';
import type { EventLog } from './log.ts';
import type { RecordedEvent } from './types.ts';

/** A value for a key of a KV bucket; `position` is that of the event that made it so. */
export interface Entry {
  key: string;
  value: { position: number };
}

interface PublicationOptions {
  log: EventLog;
  nats: NatsConnection;
  bucket: string;
  types: readonly string[];
  /** The entries that an event changes; called for every event of these types from the first one on. */
  apply(event: RecordedEvent): Promise<Entry[]> | Entry[];
  /** Called with the bucket at the start and after each reconnect, before anything is written. */
  onStart?(kv: KV): Promise<void>;
  /** Called when everything up to a position has been written. */
  onComplete?(kv: KV, position: number): Promise<void>;
  logger: Logger;
}

/**
 * Keeps a KV bucket equal to what the log says: all of it at the start, again after each reconnect (the bucket may have
 * been lost), then each change. Copies may run side by side: an older value never replaces a newer one.
 */
export function startPublication(options: PublicationOptions): { position(): number; close(): Promise<void> } {
  const ended = new AbortController();
  const state = { position: 0 };
  const running = publishForEver(options, state, ended.signal);
  return {
    position: () => state.position,
    close: async () => {
      ended.abort();
      await running;
    },
  };
}

async function publishForEver(
  options: PublicationOptions,
  state: { position: number },
  signal: AbortSignal,
): Promise<void> {
  const { nats, logger, bucket } = options;
  while (!signal.aborted && !nats.isClosed()) {
    const cut = new AbortController();
    const both = AbortSignal.any([signal, cut.signal]);
    void abortOnReconnect(nats, cut);
    try {
      await publish(options, state, both);
    } catch (error) {
      logger.warn({ err: error, bucket }, 'publication stopped, starting again');
    }
    cut.abort();
    await pause(500, signal);
  }
}

async function abortOnReconnect(nats: NatsConnection, cut: AbortController): Promise<void> {
  for await (const status of nats.status()) {
    if (cut.signal.aborted) return;
    if (status.type === 'reconnect') return cut.abort();
  }
}

async function publish(options: PublicationOptions, state: { position: number }, signal: AbortSignal): Promise<void> {
  const { log, nats, bucket, types, apply, onStart, onComplete } = options;
  const kv = await ownBucket(nats, bucket);
  await onStart?.(kv);
  const head = await log.read.head();
  const entries = new Map<string, Entry['value']>();
  for await (const event of log.read.all({ types })) {
    for (const { key, value } of await apply(event)) entries.set(key, value);
  }
  for (const [key, value] of entries) await putNewer(kv, key, value);
  await onComplete?.(kv, head);
  state.position = head;
  for await (const event of log.subscribe({ after: head, types, signal })) {
    for (const { key, value } of await apply(event)) await putNewer(kv, key, value);
    await onComplete?.(kv, event.position);
    state.position = event.position;
  }
}
