import { hash } from 'node:crypto';
import type { RawEvent } from './types.ts';

/** Where the chain stands: `hash` (SHA-256, hex) covers every event up to `position`. */
export interface Link {
  position: number;
  hash: string;
}

/** Before the first event. */
export const beginning: Link = { position: 0, hash: '0'.repeat(64) };

/** The next link: over the one before and every column of the event as it is stored. Lengths keep columns apart. */
export function link(previous: string, event: RawEvent): string {
  const { position, stream, streamPosition, id, type, data, metadata, occurredAt, recordedAt } = event;
  const lengths = `${stream.length},${type.length},${occurredAt.length},${recordedAt.length},${data.length}`;
  const text = `${previous},${position},${streamPosition},${id},${lengths},${stream}${type}${occurredAt}${recordedAt}${data}${metadata}`;
  return hash('sha256', text, 'hex');
}
