import { join } from 'node:path';
import { z } from 'zod';

/** The events of the run: which one of its stream it is. */
export const schemas = { Counted: z.object({ n: z.int() }) };

export const appenders = 2;
/** A stream is written by one appender, one append after the other. */
export const streamsOf = (appender: number): string[] =>
  Array.from({ length: 8 }, (_, index) => `chaos-${appender}-${index}`);
export const allStreams = Array.from({ length: appenders }, (_, index) => streamsOf(index + 1)).flat();

/** Where the ids of a stream stand that were going to be appended, and those whose append was acknowledged. */
export const meantPath = (folder: string, stream: string) => join(folder, `${stream}.meant`);
export const acknowledgedPath = (folder: string, stream: string) => join(folder, `${stream}.acknowledged`);

/** What the follower of JetStream has seen: line n is position n. */
export const followedPath = (folder: string) => join(folder, 'followed');

export const tables = `
  create table registry.consumed (position bigint not null, id uuid not null, n bigint generated always as identity);
  create table registry.projected (position bigint not null, id uuid not null, after bigint not null);
  create index projected_by_position on registry.projected (position)`;
