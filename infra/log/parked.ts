import { dropParked, listParked, type ParkedEvent, retryParked } from '@sightline/event-log/parked';
import type { Pool } from 'pg';
import { type Call, type Command, Failure, numberOption, textOption } from './command.ts';
import { followersSchemas } from './database.ts';
import { counted, table } from './output.ts';

const help = `Events that a consumer could not handle, and the later ones of their streams.

  npm run log -- parked                                      lists them all
  npm run log -- parked --consumer reminders                 those of one consumer
  npm run log -- parked retry --consumer reminders           tries them again, in order
  npm run log -- parked retry --consumer reminders --stream book-7
  npm run log -- parked drop --consumer reminders --position 42   gives one up for good

--schema is needed when two services have a consumer of that name.
`;

export const parked: Command = {
  summary: 'events that a consumer could not handle: list, retry, drop',
  help,
  options: {
    schema: { type: 'string' },
    consumer: { type: 'string' },
    stream: { type: 'string' },
    position: { type: 'string' },
  },
  run: async (call) => {
    const [verb = 'list', ...more] = call.words;
    const act = { list, retry, drop }[verb];
    if (!act || more.length > 0) throw new Failure(`Expected list, retry or drop, got ${call.words.join(' ')}.`, help);
    await act(call);
  },
};

async function list({ pool, options, output }: Call): Promise<void> {
  const found = await parkedBySchema(pool, options);
  const rows = found.map(({ schema, consumer, position, stream, type, tries, retrying, reason }) => {
    const state = retrying ? 'asked for again' : tries > 0 ? `failed ${tries} times` : 'waits';
    return [schema, consumer, position, stream, type, state, reason];
  });
  const heads = ['schema', 'consumer', 'position', 'stream', 'type', 'state', 'reason'];
  output.result(found, rows.length > 0 ? table([heads, ...rows]) : 'Nothing is parked.');
}

async function parkedBySchema(pool: Pool, options: Call['options']) {
  const [only, consumer] = [textOption(options, 'schema'), textOption(options, 'consumer')];
  const found: (ParkedEvent & { schema: string })[] = [];
  for (const schema of await followersSchemas(pool)) {
    if (only !== undefined && schema !== only) continue;
    const parkedHere = await listParked(pool, consumer === undefined ? { schema } : { schema, consumer });
    found.push(...parkedHere.map((event) => ({ schema, ...event })));
  }
  return found;
}

async function retry({ pool, options, output }: Call): Promise<void> {
  const of = await consumerOf(pool, options);
  const stream = textOption(options, 'stream');
  const count = await retryParked(pool, stream === undefined ? of : { ...of, stream });
  output.result(
    { ...of, asked: count },
    `${counted(count)} parked events of ${of.consumer} are tried again within seconds.`,
  );
}

async function drop({ pool, options, output }: Call): Promise<void> {
  const of = await consumerOf(pool, options);
  const position = numberOption(options, 'position', { min: 1 });
  if (position === undefined)
    throw new Failure('Expected --position of the event to give up.', 'npm run log -- parked');
  if (!(await dropParked(pool, { ...of, position })))
    throw new Failure(`No event of ${of.consumer} is parked at ${position}.`, 'npm run log -- parked lists them');
  output.result({ ...of, position, dropped: true }, `The event at ${position} is given up for ${of.consumer}.`);
}

/** The consumer that is meant, and the schema where it stands. */
async function consumerOf(pool: Pool, options: Call['options']): Promise<{ schema: string; consumer: string }> {
  const consumer = textOption(options, 'consumer');
  if (consumer === undefined) throw new Failure('Expected --consumer.', 'npm run log -- parked lists them');
  const given = textOption(options, 'schema');
  if (given !== undefined) return { schema: given, consumer };
  const found = await parkedBySchema(pool, { consumer });
  const schemas = [...new Set(found.map(({ schema }) => schema))];
  const [schema] = schemas;
  if (schema === undefined)
    throw new Failure(`Nothing is parked for a consumer named ${consumer}.`, 'npm run log -- parked lists them');
  if (schemas.length > 1)
    throw new Failure(`Consumers named ${consumer} stand in ${schemas.join(' and ')}.`, 'say which with --schema');
  return { schema, consumer };
}
