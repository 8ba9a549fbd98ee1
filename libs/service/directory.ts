import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, DirectoryEntry } from '@sightline/contracts';
import type { Logger } from './logger.ts';
import { watchBucket } from './nats.ts';

/** Where each camera belongs, as KV `DIRECTORY` has it. */
export interface Directory {
  /** The entry of a camera that stands; undefined when it is unknown or retired. */
  find(camera: string): DirectoryEntry | undefined;
  /** The entries of all cameras that stand. */
  list(): DirectoryEntry[];
  /** Calls `listener` with each camera whose entry changed; returns how to stop that. */
  onChange(listener: (camera: string) => void): () => void;
  /** Resolves when it has been read once. */
  ready: Promise<void>;
}

/** Follows KV `DIRECTORY` until `signal` aborts. */
export function followDirectory(options: { nats: NatsConnection; logger: Logger; signal: AbortSignal }): Directory {
  const entries = new Map<string, DirectoryEntry>();
  const listeners = new Set<(camera: string) => void>();
  const ready = watchBucket({
    ...options,
    bucket: buckets.directory,
    schema: DirectoryEntry,
    onEntry: (camera, entry) => {
      entries.set(camera, entry);
      for (const listener of listeners) listener(camera);
    },
  });
  return {
    find: (camera) => {
      const entry = entries.get(camera);
      return entry?.retired ? undefined : entry;
    },
    list: () => [...entries.values()].filter(({ retired }) => !retired),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready,
  };
}
