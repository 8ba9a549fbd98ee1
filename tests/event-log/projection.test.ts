import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { migrateSchema, type Projection, type RunningProjection, startProjection } from '@sightline/event-log';
import { type LogStack, logger, noted, schemas, startLog, until, upTo } from './stack.ts';

type Texts = Projection<typeof schemas>;

const texts: Texts = {
  name: 'texts',
  version: 1,
  tables: ['texts'],
  on: {
    Noted: (tx, { position, data }) => tx.query('insert into texts values ($1, $2)', [position, data.text]),
  },
};

describe('a projection', () => {
  let stack: LogStack;
  let running: RunningProjection[] = [];
  before(async () => {
    stack = await startLog();
    const folder = await mkdtemp(join(tmpdir(), 'event-log-migrations-'));
    await writeFile(join(folder, '001_texts.sql'), 'create table registry.texts (position bigint, text text)');
    const copies = upTo(4).map(() => migrateSchema({ pool: stack.open().pool, schema: 'registry', folder }));
    await Promise.all(copies);
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    running = [];
  });
  after(() => stack[Symbol.asyncDispose]());

  function start(projection: Texts) {
    const started = startProjection({ ...stack.open(), schema: 'registry', schemas, projection, logger });
    running.push(started);
    return started;
  }
  const stop = () => Promise.all(running.map((projection) => projection.close()));

  /** Every noted event is one row, and no row is without its event. */
  async function assertEqualsLog() {
    const { rows } = await stack.pool.query(`select count(*) filter (where t.position is null) as missing,
      count(*) filter (where e.global_position is null) as extra, count(*) as n,
      (select count(*) from log.events where type = 'Noted') as events
      from registry.texts t full join log.events e on e.global_position = t.position and e.type = 'Noted'
      where e.type is null or e.type = 'Noted'`);
    const { missing, extra, n, events } = rows[0];
    assert.deepEqual({ missing, extra, n }, { missing: 0, extra: 0, n: events });
  }

  test('has what was appended once it has caught up', { timeout: 60_000 }, async () => {
    const projection = start(texts);
    const { position } = await stack.log.append('note-1', 'any', [noted('a'), noted('b')]);
    assert(await projection.caughtUp(position));
    assert(projection.position() >= position);
    await assertEqualsLog();
    assert.equal(await projection.caughtUp(position + 1, 50), false);
    await stop();
  });

  test('whose connection dies between rows and checkpoint repeats and loses nothing', { timeout: 60_000 }, async () => {
    let deaths = 0;
    const projection = start({
      ...texts,
      on: {
        Noted: async (tx, { position, data }) => {
          await tx.query('insert into texts values ($1, $2)', [position, data.text]);
          if (data.text !== 'deadly' || deaths === 3) return;
          deaths += 1;
          const { rows } = await tx.query('select pg_backend_pid() as pid');
          await stack.admin.query('select pg_terminate_backend($1)', [rows[0].pid]);
          await until('the connection is gone', () =>
            tx.query('select 1').then(
              () => false,
              () => true,
            ),
          );
        },
      },
    });
    await stack.log.append(
      'note-2',
      'any',
      upTo(20).map(() => noted('before')),
    );
    const { position } = await stack.log.append('note-2', 'any', [noted('deadly'), noted('after')]);
    assert(await projection.caughtUp(position, 30_000));
    assert.equal(deaths, 3);
    await assertEqualsLog();
    await stop();
  });

  test('lives through a kill of Postgres', { timeout: 60_000 }, async () => {
    const projection = start(texts);
    await stack.log.append(
      'note-3',
      'any',
      upTo(900).map(() => noted('x')),
    );
    stack.stack.child('postgres').kill('SIGKILL');
    let position = 0;
    await until('an append holds', () =>
      stack.log.append('note-3', 'any', [noted('y')]).then(
        (appended) => {
          position = appended.position;
          return true;
        },
        () => false,
      ),
    );
    assert(await projection.caughtUp(position, 30_000));
    await assertEqualsLog();
    await stop();
  });

  test('runs in several copies without doing anything twice', { timeout: 60_000 }, async () => {
    const copies = upTo(4).map(() => start(texts));
    const appends = upTo(300).map((n) => stack.log.append(`note-${n % 9}`, 'any', [noted('x'), noted('y')]));
    const position = Math.max(...(await Promise.all(appends)).map((appended) => appended.position));
    for (const copy of copies) assert(await copy.caughtUp(position));
    await assertEqualsLog();
    await stop();
  });
});
