import type { Metadata } from '@sightline/contracts';
import type { z } from 'zod';

/** Where a stream must stand for an append to hold: new, anywhere, or at this stream position (from 1). */
export type ExpectedPosition = 'none' | 'any' | number;

/** An event to be appended. `id` (UUID v7) makes the append idempotent; without it one is made. */
export interface NewEvent {
  id?: string;
  type: string;
  data: unknown;
  metadata?: Partial<Metadata>;
  occurredAt?: Date;
}

/** Events for one stream, as a part of an atomic append. */
export interface Write {
  stream: string;
  expected: ExpectedPosition;
  events: NewEvent[];
}

/** An event as it stands in the log. `position` counts all events, `streamPosition` those of the stream, both from 1. */
export interface RecordedEvent {
  position: number;
  stream: string;
  streamPosition: number;
  id: string;
  type: string;
  data: unknown;
  metadata: Metadata;
  occurredAt: Date;
  recordedAt: Date;
}

/** An event as its bytes stand in the log: JSON as text, times in UTC to the microsecond (`2026-11-24T10:00:00.000000Z`). */
export interface RawEvent extends Omit<RecordedEvent, 'data' | 'metadata' | 'occurredAt' | 'recordedAt'> {
  data: string;
  metadata: string;
  occurredAt: string;
  recordedAt: string;
}

/** Where the last event of an append stands. `duplicate`: these very events were there already. */
export interface Appended {
  streamPosition: number;
  position: number;
  duplicate: boolean;
}

/** The data schema of every event type that a log takes. */
export type EventSchemas = Record<string, z.ZodType>;

/** Pure rules: a command and the state give events; an event and the state give the next state. */
export interface Decider<Command, State, Event> {
  initial(): State;
  decide(command: Command, state: State): Event[];
  evolve(state: State, event: Event): State;
}
