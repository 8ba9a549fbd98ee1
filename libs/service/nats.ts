import { JetStreamApiError } from '@nats-io/jetstream';
import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { parseJson } from './json.ts';
import type { Logger } from './logger.ts';

interface NatsOptions {
  service: string;
  url: string;
  user: string;
  password: string;
  logger: Logger;
}

/** Connects to NATS as the service's own user and reconnects for ever; replies come to the service's own inbox. */
export async function connectNats({ service, url, user, password, logger }: NatsOptions): Promise<NatsConnection> {
  const nats = await connect({
    servers: url.split(','),
    user,
    pass: password,
    name: service,
    inboxPrefix: `_INBOX_${service}`,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    // A server that was too busy to let us in twice is no reason to give up: refusals are logged, and tried again.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    pingInterval: 5_000,
    maxPingOut: 2,
  });
  void logStatus(nats, logger);
  return nats;
}

async function logStatus(nats: NatsConnection, logger: Logger): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === 'disconnect' || status.type === 'reconnect') logger.warn(`nats ${status.type}`);
    if (status.type === 'error') logger.error({ err: status.error }, 'nats error');
  }
}

/** Whether NATS is there now: what is published meanwhile would go nowhere. */
export function linkOf(nats: NatsConnection): { readonly up: boolean } {
  const link = { up: true };
  void (async () => {
    for await (const { type } of nats.status()) {
      if (type === 'disconnect') link.up = false;
      if (type === 'reconnect') link.up = true;
    }
  })();
  return link;
}

interface WatchOptions<Schema extends z.ZodType> {
  nats: NatsConnection;
  bucket: string;
  schema: Schema;
  /** Called for each key as it is now, then for each change. Values that do not fit the schema are logged and passed over. */
  onEntry: (key: string, value: z.infer<Schema>, revision: number) => void;
  /** Called for a key that was deleted or purged; a missing key is never a command to stop something. */
  onGone?: (key: string) => void;
  logger: Logger;
  signal: AbortSignal;
}

/**
 * Watches a KV bucket until `signal` aborts: after every reconnect, and when the bucket was lost and made anew, all
 * values come again, so `onEntry` must be idempotent. Resolves once the first full reading is done or `signal` aborts.
 */
export function watchBucket<Schema extends z.ZodType>(options: WatchOptions<Schema>): Promise<void> {
  return new Promise((resolve) => {
    options.signal.addEventListener('abort', () => resolve(), { once: true });
    void watchForEver(options, resolve);
  });
}

async function watchForEver<Schema extends z.ZodType>(options: WatchOptions<Schema>, onRead: () => void) {
  const { nats, logger, signal, bucket } = options;
  while (!signal.aborted && !nats.isClosed()) {
    try {
      await watchOnce(options, onRead);
    } catch (error) {
      logger.debug({ err: error, bucket }, 'bucket not readable, trying again');
    }
    await pause(500, signal);
  }
}

async function watchOnce<Schema extends z.ZodType>(options: WatchOptions<Schema>, onRead: () => void) {
  const { nats, bucket, signal } = options;
  const kv = await new Kvm(nats).open(bucket);
  const before = await kv.status();
  const watch = await kv.watch({});
  const stop = () => watch.stop();
  const ended = new AbortController();
  signal.addEventListener('abort', stop, { once: true, signal: ended.signal });
  void onReconnect(nats, ended.signal, stop);
  let pending = before.values;
  if (pending === 0) onRead();
  try {
    for await (const entry of watch) {
      take(options, entry);
      pending -= 1;
      if (pending <= 0 || entry.delta === 0) onRead();
    }
  } finally {
    ended.abort();
  }
}

function take<Schema extends z.ZodType>(
  { schema, onEntry, onGone, logger, bucket }: WatchOptions<Schema>,
  entry: KvWatchEntry,
) {
  if (entry.operation !== 'PUT') return onGone?.(entry.key);
  const parsed = schema.safeParse(parseJson(entry.string()));
  if (parsed.success) onEntry(entry.key, parsed.data, entry.revision);
  else logger.error({ bucket, key: entry.key, issues: parsed.error.issues }, 'bucket value does not fit its contract');
}

async function onReconnect(nats: NatsConnection, signal: AbortSignal, action: () => void): Promise<void> {
  const statuses = nats.status()[Symbol.asyncIterator]();
  for (;;) {
    const next = await unlessAborted(statuses.next(), signal);
    if (!next || next.done) break;
    if (next.value.type === 'reconnect') action();
  }
  await statuses.return?.();
}

/** What `work` comes to, or undefined when `signal` aborts before. It leaves nothing behind at a signal that lives long. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const giveUp = () => resolve(undefined);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Makes a bucket that this service owns, or opens it when it is there. */
export function ownBucket(nats: NatsConnection, bucket: string, options: { ttlMs?: number } = {}): Promise<KV> {
  return new Kvm(nats).create(bucket, { history: 1, ...(options.ttlMs ? { ttl: options.ttlMs } : {}) });
}

/** Waits `ms`, or less when `signal` aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/**
 * Writes `value` under `key` unless the bucket holds one of the same or a later log position; safe with several writers.
 * Returns whether it wrote.
 */
export async function putNewer(kv: KV, key: string, value: { position: number }): Promise<boolean> {
  const data = JSON.stringify(value);
  for (;;) {
    const entry = await kv.get(key);
    const stored = entry?.operation === 'PUT' ? Position.safeParse(parseJson(entry.string())) : undefined;
    if (stored?.success && stored.data.position >= value.position) return false;
    try {
      await (entry ? kv.update(key, data, entry.revision) : kv.create(key, data));
      return true;
    } catch (error) {
      if (!isWrongSequence(error)) throw error;
    }
  }
}

const Position = z.object({ position: z.number() });

/** JetStream error 10071, wrong last sequence: somebody else wrote in between. */
export const isWrongSequence = (error: unknown): boolean => error instanceof JetStreamApiError && error.code === 10071;
