import { randomUUIDv7 } from 'node:crypto';
import { Metadata, Uuid } from '@sightline/contracts';
import { InvalidEvent } from './errors.ts';
import { limits } from './limits.ts';
import type { EventSchemas, NewEvent } from './types.ts';

/** An event as it is sent to Postgres: checked, and its JSON made. */
export interface Row {
  id: string;
  type: string;
  data: string;
  metadata: string;
  occurredAt: Date;
  bytes: number;
}

/** Checks an event against its schema and the limits. Throws {@link InvalidEvent}. */
export function toRow(event: NewEvent, schemas: EventSchemas): Row {
  const { type, occurredAt = new Date() } = event;
  const data = serialise(`data of ${type}`, dataOf(event, schemas), limits.dataBytes);
  const metadata = serialise(`metadata of ${type}`, metadataOf(event), limits.metadataBytes);
  if (Number.isNaN(occurredAt.getTime())) throw new InvalidEvent(`Expected a valid occurredAt of ${type}.`);
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  return { id: idOf(event), type, data, metadata, occurredAt, bytes };
}

function dataOf({ type, data }: NewEvent, schemas: EventSchemas): unknown {
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) throw new InvalidEvent(`The log takes no event of type ${type.slice(0, 100)}: it has no schema.`);
  if (Buffer.byteLength(type) > limits.typeBytes) {
    throw new InvalidEvent(`Expected a type of at most ${limits.typeBytes} bytes, got ${type.slice(0, 100)}….`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new InvalidEvent(`The data of ${type} does not fit its schema: ${issues(parsed.error)}`);
  return parsed.data;
}

function metadataOf({ type, metadata }: NewEvent): Metadata {
  const parsed = Metadata.safeParse({ schema: 1, ...metadata });
  if (!parsed.success) throw new InvalidEvent(`The metadata of ${type} does not fit: ${issues(parsed.error)}`);
  return parsed.data;
}

function idOf({ id, type }: NewEvent): string {
  if (id === undefined) return randomUUIDv7();
  if (!Uuid.safeParse(id).success) throw new InvalidEvent(`Expected a UUID as id of ${type}, got ${id.slice(0, 50)}.`);
  return id.toLowerCase();
}

function serialise(what: string, value: unknown, maxBytes: number): string {
  const json = JSON.stringify(value);
  if (json === undefined) throw new InvalidEvent(`Expected JSON as ${what}.`);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes) throw new InvalidEvent(`Expected at most ${maxBytes} bytes as ${what}, got ${bytes}.`);
  return json;
}

const issues = (error: { issues: { path: PropertyKey[]; message: string }[] }) =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
