import { z } from 'zod';
import { Failure } from './command.ts';

/**
 * An export of the log: a line that says so, a line an event in order of position, and a last line with their number and
 * the SHA-256 (hex) of all bytes before it. Data and metadata are strings, so that they are kept to the byte.
 */
export const Header = z.strictObject({ format: z.literal('sightline-log'), version: z.literal(1) });
export const header = { format: 'sightline-log', version: 1 } satisfies z.infer<typeof Header>;

const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

export const Line = z.strictObject({
  position: z.int().min(1),
  stream: z.string().regex(/^[a-z]+-[A-Za-z0-9_-]{1,190}$/),
  streamPosition: z.int().min(1),
  id: z.uuid(),
  type: z.string(),
  data: z.string(),
  metadata: z.string(),
  occurredAt: Time,
  recordedAt: Time,
});
export type Line = z.infer<typeof Line>;

export const End = z.strictObject({ events: z.int().min(0), sha256: z.string() });

const longestLine = 4 * 1024 * 1024;

/** The lines of a file as bytes with their \n, and nothing else ends one: U+2028 or a lone \r may stand in a text. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end + 1)]);
      rest = [];
      held = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > longestLine)
      throw new Failure('Expected lines of an export, got one without an end.', 'name a file that export wrote');
  }
  if (held > 0) yield Buffer.concat(rest);
}

/** What a line says. Throws {@link Failure} with its number. */
export function parseLine<Schema extends z.ZodType>(schema: Schema, line: Buffer, number: number): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error);
    throw new Failure(`Line ${number} is not of an export: ${why}`, 'export the log again; nothing was imported');
  }
}
