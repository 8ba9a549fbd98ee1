import { listRebuilds, requestRebuild } from '@sightline/event-log/rebuild';
import { pause } from '@sightline/service/nats';
import { escapeIdentifier, type Pool } from 'pg';
import { type Call, type Command, Failure, textOption } from './command.ts';
import { followersSchemas } from './database.ts';
import { counted, table } from './output.ts';

const help = `Makes the rows of a projection anew from the log, beside the old ones, which are read until the swap.

  npm run log -- rebuild                    lists projections, and rebuilds under way
  npm run log -- rebuild cameras            asks the running copies of its service for it, and waits until they are done
  npm run log -- rebuild cameras --no-wait  only asks
  npm run log -- rebuild places --schema registry   when two services have a projection of that name
`;

export const rebuild: Command = {
  summary: 'the rows of a projection anew from the log',
  help,
  options: { schema: { type: 'string' }, 'no-wait': { type: 'boolean' } },
  run: async (call) => {
    const [name, ...more] = call.words;
    if (more.length > 0) throw new Failure('Expected one projection.', 'npm run log -- rebuild lists them');
    if (name === undefined) return list(call);
    const found = await projectionOf(call, name);
    await requestRebuild(call.pool, found);
    await watch(call, found);
  },
};

interface Projection {
  schema: string;
  projection: string;
}

/** All projections that have ever run. */
async function projectionsOf(pool: Pool): Promise<Projection[]> {
  const found: Projection[] = [];
  for (const schema of await followersSchemas(pool)) {
    const { rows } = await pool.query<Projection>(
      `select $1 as schema, name as projection from ${escapeIdentifier(schema)}.checkpoints
        where name !~ '^(consumer|rebuild) ' order by name`,
      [schema],
    );
    found.push(...rows);
  }
  return found;
}

async function list({ pool, output }: Call): Promise<void> {
  const rows = [];
  for (const { schema, projection } of await projectionsOf(pool)) {
    const under = (await listRebuilds(pool, schema)).find((rebuilding) => rebuilding.projection === projection);
    rows.push({ schema, projection, copies: await copiesOf(pool, schema), rebuild: under ?? null });
  }
  const lines = rows.map(({ schema, projection, copies, rebuild: under }) => [
    `${schema}: ${projection}`,
    copies > 0 ? 'running' : 'no copy is connected',
    under ? `rebuilt up to ${counted(under.position)} of ${counted(under.head)}` : '',
  ]);
  output.result(rows, rows.length > 0 ? table(lines) : 'No projection has ever run on this database.');
}

async function projectionOf({ pool, options }: Call, projection: string): Promise<Projection> {
  const only = textOption(options, 'schema');
  const all = await projectionsOf(pool);
  const found = all.filter((one) => one.projection === projection && (only === undefined || one.schema === only));
  const [first] = found;
  if (!first) {
    const names = all.map((one) => `${one.schema}: ${one.projection}`).join(', ') || 'none has ever run';
    throw new Failure(`No projection named ${projection}.`, `choose one of these: ${names}`);
  }
  if (found.length > 1) throw new Failure(`Several projections are named ${projection}.`, 'say which with --schema');
  return first;
}

/** Follows a rebuild until it is done, or nobody is there to do it. */
async function watch(call: Call, { schema, projection }: Projection): Promise<void> {
  const { pool, options, signal, output } = call;
  if (options['no-wait'] !== true) output.progress(`waiting for the running copies of ${schema}`);
  while (!signal.aborted) {
    const [copies, rebuilds] = [await copiesOf(pool, schema), await listRebuilds(pool, schema)];
    const under = rebuilds.find((rebuilding) => rebuilding.projection === projection);
    const state = { schema, projection, copies };
    if (!under)
      return output.result({ ...state, state: 'done' }, `${schema}: ${projection} is rebuilt and swapped in.`);
    if (copies === 0) {
      const text = `It is asked for, but no copy of ${schema} is connected: the rebuild begins when one starts.`;
      return output.result({ ...state, state: 'asked' }, text);
    }
    if (options['no-wait'] === true)
      return output.result({ ...state, state: 'asked' }, `It is asked for: the running copies of ${schema} do it.`);
    output.progress(`${schema}: ${projection}, ${counted(under.position)} of ${counted(under.head)} events`);
    await pause(250, signal);
  }
  output.note('Not waiting any longer; the running copies go on with it.');
}

/** How many connections the owner of a schema has, who is its service. */
async function copiesOf(pool: Pool, schema: string): Promise<number> {
  const { rows } = await pool.query<{ copies: number }>(
    `select count(*) as copies from pg_stat_activity
      where datname = current_database() and usename = (select pg_get_userbyid(nspowner) from pg_namespace where nspname = $1)`,
    [schema],
  );
  return rows[0]?.copies ?? 0;
}
