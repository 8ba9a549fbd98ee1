import { InvalidEvent } from './errors.ts';
import type { EventSchemas } from './types.ts';

/** Turns data of one schema version into data of the next; pure. */
export type Upcaster = (data: unknown) => unknown;

/** How old data of an event type become today's: the first function takes version 1 to 2, the second 2 to 3, and so on. */
export type Upcasters = Record<string, readonly Upcaster[]>;

/** What a log knows of its event types. */
export interface Types {
  schemas: EventSchemas;
  upcasters: Upcasters;
}

const chainOf = (upcasters: Upcasters, type: string) => (Object.hasOwn(upcasters, type) ? (upcasters[type] ?? []) : []);

/** The schema version that data of this type are written in. */
export const currentVersion = (upcasters: Upcasters, type: string): number => chainOf(upcasters, type).length + 1;

/**
 * Data as today's schema has them. Types that the log does not know come as they are. Throws {@link InvalidEvent} for a
 * version that is newer than this process: it would misread them.
 */
export function upcast(
  { schemas, upcasters }: Types,
  type: string,
  { schema, data }: { schema: number; data: unknown },
) {
  if (!Object.hasOwn(schemas, type)) return { schema, data };
  const current = currentVersion(upcasters, type);
  if (schema > current)
    throw new InvalidEvent(`Expected ${type} of at most version ${current}, got ${schema}: a newer process wrote it.`);
  const steps = chainOf(upcasters, type).slice(schema - 1);
  return { schema: current, data: steps.reduce((value, step) => step(value), data) };
}
