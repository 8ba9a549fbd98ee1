import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  listRebuilds,
  migrateSchema,
  type Projection,
  type RunningProjection,
  requestRebuild,
  startProjection,
} from '@sightline/event-log';
import { Child } from '@sightline/infra/embedded/child';
import { type LogStack, logger, noted, schemas, startLog, until, upTo } from './stack.ts';

type Texts = Projection<typeof schemas>;

/** Version n of a projection, whose rows say of which version they are. `onEach` may hold it up. */
const texts = (version: number, onEach = async () => {}): Texts => ({
  name: 'texts',
  version,
  tables: ['texts'],
  on: {
    Noted: async (tx, { position, data }) => {
      await onEach();
      await tx.query('insert into texts (position, text, version) values ($1, $2, $3)', [position, data.text, version]);
    },
  },
});

describe('a rebuild', () => {
  let stack: LogStack;
  let running: RunningProjection[] = [];
  let held = Promise.withResolvers<void>();
  before(async () => {
    stack = await startLog();
    const folder = await mkdtemp(join(tmpdir(), 'event-log-migrations-'));
    const table = 'create table registry.texts (position bigint primary key, text text not null, version int not null)';
    await writeFile(join(folder, '001_texts.sql'), `${table}; create index by_text on registry.texts (text)`);
    await migrateSchema({ pool: stack.pool, schema: 'registry', folder });
    await rm(folder, { recursive: true });
    await append(2_000);
  });
  afterEach(async () => {
    held.resolve();
    await Promise.all(running.map((projection) => projection.close()));
    running = [];
  });
  after(() => stack[Symbol.asyncDispose]());

  async function append(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1_000)
      await stack.log.append(
        'note-1',
        'any',
        upTo(Math.min(left, 1_000)).map(() => noted('x')),
      );
  }

  function start(projection: Texts) {
    const started = startProjection({ ...stack.open(), schema: 'registry', schemas, projection, logger });
    running.push(started);
    return started;
  }
  const head = () => stack.log.read.head();
  const rebuilt = () =>
    until('nothing is left to rebuild', async () => (await listRebuilds(stack.pool, 'registry')).length === 0, 60_000);

  /** How many rows there are of each version; every noted event must be one row of one version. */
  async function versions(): Promise<Record<string, number>> {
    const { rows } = await stack.pool.query<{ version: number; n: number }>(
      'select version, count(*) as n from registry.texts group by version',
    );
    return Object.fromEntries(rows.map(({ version, n }) => [version, n]));
  }

  test('by command makes the rows anew with their indexes, while the old ones are read and kept up to date', {
    timeout: 60_000,
  }, async () => {
    let slow = false;
    const projection = start(
      texts(1, async () => {
        if (slow) await new Promise((resolve) => setImmediate(resolve));
      }),
    );
    assert(await projection.caughtUp(await head(), 20_000));
    await stack.pool.query("update registry.texts set text = 'stale'");
    slow = true;
    await requestRebuild(stack.pool, { schema: 'registry', projection: 'texts' });
    const counts: number[] = [];
    const seen = new Set<number>();
    while ((await listRebuilds(stack.pool, 'registry')).length > 0) {
      await append(1);
      assert(await projection.caughtUp(await head()));
      const { rows } = await stack.pool.query<{ n: number }>({
        name: 'count',
        text: 'select count(*) as n from registry.texts',
      });
      counts.push(rows[0]?.n ?? 0);
      for (const { position } of await listRebuilds(stack.pool, 'registry')) seen.add(position);
    }
    assert(counts.length > 3 && counts.every((count, index) => count === 2_001 + index), counts.join());
    assert(seen.size > 1, 'no progress was to be seen');
    const { rows } = await stack.pool.query("select from registry.texts where text = 'stale'");
    assert.equal(rows.length, 0);
    const { rows: indexes } = await stack.pool.query(
      "select from pg_indexes where schemaname = 'registry' and tablename = 'texts'",
    );
    assert.equal(indexes.length, 2);
    await append(1);
    assert(await projection.caughtUp(await head()));
    assert.deepEqual(await versions(), { 1: await head() });
  });

  test('of a raised version leaves the old rows to copies of the old one until the swap', {
    timeout: 60_000,
  }, async () => {
    const older = start(texts(1));
    assert(await older.caughtUp(await head()));
    held = Promise.withResolvers();
    const newer = upTo(3).map(() => start(texts(2, () => held.promise)));
    await until('it is being rebuilt', async () => (await listRebuilds(stack.pool, 'registry')).length === 1);
    await append(10);
    assert(await older.caughtUp(await head()));
    assert.deepEqual(await versions(), { 1: await head() });
    held.resolve();
    await rebuilt();
    await append(10);
    for (const copy of [older, ...newer]) assert(await copy.caughtUp(await head()));
    assert.deepEqual(await versions(), { 2: await head() });
    assert.deepEqual(await listRebuilds(stack.pool, 'registry'), []);
  });

  test('goes on after each kill -9 of the copies that work on it', { timeout: 90_000 }, async () => {
    const copies = upTo(2).map(
      (n) =>
        new Child({
          name: `rebuild-${n}`,
          command: [process.execPath, join(import.meta.dirname, 'rebuild-process.ts')],
          env: { ...process.env, DATABASE_URL: stack.stack.environmentOf('registry').DATABASE_URL },
          log: join(stack.stack.state, 'logs', `rebuild-${n}.log`),
        }),
    );
    for (const copy of copies) stack.stack.add(copy);
    const seen = new Set<number>();
    for (let kills = 0; kills < 2; ) {
      const [rebuild] = await listRebuilds(stack.pool, 'registry');
      if (rebuild && !seen.has(rebuild.position)) {
        seen.add(rebuild.position);
        for (const copy of copies) copy.kill('SIGKILL');
        kills += 1;
      }
      assert.deepEqual(Object.keys(await versions()), ['2']);
    }
    await rebuilt();
    const { position } = await stack.log.append('note-2', 'none', [noted('last')]);
    await until('the copies follow', async () => Object.values(await versions())[0] === position);
    assert.deepEqual(await versions(), { 3: position });
    for (const copy of copies) await copy.stop();
  });

  test('of what has never run is refused', async () => {
    await assert.rejects(requestRebuild(stack.pool, { schema: 'registry', projection: 'none' }), /never run/);
  });
});
