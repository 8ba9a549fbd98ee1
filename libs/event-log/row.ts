import { randomUUIDv7 } from 'node:crypto';
import { Metadata, Uuid } from '@sightline/contracts';
import { InvalidEvent } from './errors.ts';
import { limits } from './limits.ts';
import type { NewEvent } from './types.ts';
import { currentVersion, type Types } from './upcast.ts';

/** An event as it is sent to Postgres: checked, and its JSON made. */
export interface Row {
  id: string;
  type: string;
  data: string;
  metadata: string;
  occurredAt: Date;
  bytes: number;
}

const year1 = Date.parse('0001-01-01T00:00:00Z');
const year10000 = Date.parse('+010000-01-01T00:00:00Z');

/** Checks an event against its schema and the limits. Throws {@link InvalidEvent}. */
export function toRow(event: NewEvent, types: Types): Row {
  const { type, occurredAt = new Date() } = event;
  const data = serialise(`data of ${type}`, dataOf(event, types), limits.dataBytes);
  const metadata = serialise(`metadata of ${type}`, metadataOf(event, types), limits.metadataBytes);
  if (!(occurredAt.getTime() >= year1 && occurredAt.getTime() < year10000))
    throw new InvalidEvent(`Expected an occurredAt of ${type} in the years 1 to 9999, got ${String(occurredAt)}.`);
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  return { id: idOf(event), type, data, metadata, occurredAt, bytes };
}

function dataOf({ type, data }: NewEvent, { schemas }: Types): unknown {
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) throw new InvalidEvent(`The log takes no event of type ${type.slice(0, 100)}: it has no schema.`);
  if (Buffer.byteLength(type) > limits.typeBytes) {
    throw new InvalidEvent(`Expected a type of at most ${limits.typeBytes} bytes, got ${type.slice(0, 100)}….`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new InvalidEvent(`The data of ${type} does not fit its schema: ${issues(parsed.error)}`);
  return parsed.data;
}

function metadataOf({ type, metadata }: NewEvent, { upcasters }: Types): Metadata {
  const schema = currentVersion(upcasters, type);
  const parsed = Metadata.safeParse({ schema, ...metadata });
  if (!parsed.success) throw new InvalidEvent(`The metadata of ${type} does not fit: ${issues(parsed.error)}`);
  if (parsed.data.schema !== schema)
    throw new InvalidEvent(`Expected ${type} of schema version ${schema}, got ${parsed.data.schema}.`);
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
