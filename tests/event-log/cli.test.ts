import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { migrateLog, migrateSchema, startConsumer, startProjection } from '@sightline/event-log';
import { connectPostgres } from '@sightline/service';
import { execa } from 'execa';
import type { Pool } from 'pg';
import { type LogStack, logger, noted, schemas, startLog, until } from './stack.ts';

const main = join(import.meta.dirname, '..', '..', 'infra', 'log', 'main.ts');
const texts = ['U+2028 \u2028 and U+2029 \u2029', 'a lone \r and a \n', '😀 "\\" \u0000', ''];

describe('the log command', { timeout: 120_000 }, () => {
  let stack: LogStack;
  let folder: string;
  let empty: Pool;
  before(async () => {
    stack = await startLog();
    folder = await mkdtemp(join(tmpdir(), 'log-command-'));
    await stack.log.append(
      'note-a',
      'none',
      texts.map((text) => noted(text)),
    );
    await appendBare('{"text":\r"a lone carriage return, \u2028 and \u2029 as they are"}');
    await stack.admin.query('create database elsewhere');
    empty = connectPostgres({ url: urlOf('elsewhere'), service: 'test', logger });
    const client = await empty.connect();
    await migrateLog(client);
    client.release();
    const migrations = await mkdtemp(join(folder, 'migrations-'));
    await writeFile(join(migrations, '001.sql'), 'create table registry.texts (position bigint primary key)');
    await migrateSchema({ pool: stack.pool, schema: 'registry', folder: migrations });
  });
  after(async () => {
    await empty.end();
    await stack[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  function urlOf(database: string): string {
    const { secrets, ports } = stack.stack;
    return `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/${database}`;
  }

  /** Bytes that no decider of ours would write, but the log keeps. */
  const appendBare = (data: string) =>
    stack.pool.query(
      `select from log.append('{note-b}', '{0}', '{1}', '{0}', '{1}', array[gen_random_uuid()], '{Noted}', array[$1], '{"{\\"schema\\":1}"}', array[now()])`,
      [data],
    );

  /** Runs the command as npm does: in another folder than the caller's. */
  const start = (args: string[], database = 'sightline') =>
    execa(process.execPath, [main, ...args], {
      cwd: tmpdir(),
      env: { DATABASE_URL: urlOf(database), INIT_CWD: folder },
      reject: false,
    });
  const json = async (...args: string[]) => JSON.parse((await start([...args, '--json'])).stdout);
  const refused = async (args: string[], why: RegExp, database?: string) => {
    const { exitCode, stderr } = await start(args, database);
    assert.equal(exitCode, 1, stderr);
    assert.match(stderr, why);
    assert.match(stderr, /What to do: /);
  };
  const rows = async (pool: Pool) =>
    (await pool.query('select e::text from log.events e order by global_position')).rows;

  test('exports and imports to the byte, whatever stands in a text', async () => {
    const { stdout } = await start(['export', 'log.ndjson']);
    assert.match(stdout, /^5 events written to .*log\.ndjson\.$/);
    const imported = await start(['import', 'log.ndjson'], 'elsewhere');
    assert.equal(imported.stderr, '');
    assert.deepEqual(await rows(empty), await rows(stack.admin));
    assert.deepEqual((await empty.query('select position from log.head')).rows, [{ position: 5 }]);
    await start(['export', 'again.ndjson'], 'elsewhere');
    const [first, again] = await Promise.all(['log', 'again'].map((name) => readFile(join(folder, `${name}.ndjson`))));
    assert(again && first?.equals(again));
    await refused(['import', 'log.ndjson'], /not empty: it stands at 5/, 'elsewhere');
    await empty.query('truncate log.events; update log.head set position = 0');
  });

  test('imports nothing of an export that was cut off or changed', async () => {
    await start(['export', 'whole.ndjson']);
    const whole = await readFile(join(folder, 'whole.ndjson'), 'utf8');
    const lines = whole.trimEnd().split('\n');
    const broken: [string, RegExp][] = [
      [`${lines.slice(0, -1).join('\n')}\n`, /cut off/],
      [whole.slice(0, whole.length - 1), /cut off/],
      [whole.replace('😀', '😁'), /was changed/],
      [`${lines.toSpliced(2, 1).join('\n')}\n`, /Expected position 2 .* in line 3, got 3/],
      ['', /cut off/],
    ];
    for (const [text, why] of broken) {
      await writeFile(join(folder, 'broken.ndjson'), text);
      await refused(['import', 'broken.ndjson'], why, 'elsewhere');
    }
    assert.deepEqual(await rows(empty), []);
    assert.deepEqual((await empty.query('select position from log.head')).rows, [{ position: 0 }]);
  });

  test('says what to do about a missing folder, a full disk and a file that is there', async () => {
    await refused(['export', 'none/log.ndjson'], /none\/log\.ndjson\.part\): ENOENT/);
    await refused(['export', '/dev/full'], /ENOSPC[\s\S]*make room/);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    await refused(['export', 'mine.txt'], /there already[\s\S]*--force/);
    await refused(['import', 'none.ndjson'], /ENOENT/);
  });

  test('says what to do about a database that is read-only, of something else or not there', async () => {
    await stack.admin.query('alter database elsewhere set default_transaction_read_only = on');
    await refused(['import', 'whole.ndjson'], /read-only[\s\S]*primary/, 'elsewhere');
    await stack.admin.query('alter database elsewhere reset default_transaction_read_only');
    await refused(['stats'], /has no log/, 'postgres');
    await refused(['tail'], /no such database/, 'nowhere');
  });

  test('tail shows the newest, and follows what comes', async (t) => {
    const { stdout } = await start(['tail', '--lines', '2', '--json']);
    assert.deepEqual(
      stdout.split('\n').map((line) => JSON.parse(line).position),
      [4, 5],
    );
    const following = start(['tail', '--follow', '--after', '4', '--json']);
    t.after(() => following.kill('SIGKILL'));
    const seen: number[] = [];
    following.stdout.on('data', (chunk) => {
      for (const line of String(chunk).trim().split('\n')) seen.push(JSON.parse(line).position);
    });
    await until('it shows what is there', () => seen.length === 1);
    await stack.log.append('note-a', 'any', [noted('new')]);
    await until('it shows what came', () => seen.length === 2);
    following.kill('SIGTERM');
    assert.equal((await following).exitCode, 0);
    assert.deepEqual(seen, [5, 6]);
  });

  test('parked events are listed, asked for again and dropped', async (t) => {
    let broken = true;
    const handle = async () => assert(!broken, 'not today');
    const options = { ...stack.open(), schema: 'registry', logger, name: 'reminders', tries: 1, handle };
    const consumer = startConsumer(options);
    t.after(() => consumer.close());
    const head = await stack.log.read.head();
    assert(await consumer.caughtUp(head));
    const listed: { position: number }[] = await json('parked');
    assert.equal(listed.length, head);
    const { dropped } = await json('parked', 'drop', '--consumer', 'reminders', '--position', '1');
    assert.equal(dropped, true);
    await refused(
      ['parked', 'drop', '--consumer', 'reminders', '--position', '1'],
      /No event of reminders is parked at 1/,
    );
    broken = false;
    const { asked } = await json('parked', 'retry', '--consumer', 'reminders');
    assert.equal(asked, head - 1);
    await until('nothing is parked', async () => (await json('parked')).length === 0);
  });

  test('rebuild says that nobody is there to do it, and else when it is done', async (t) => {
    const options = {
      schema: 'registry',
      schemas,
      logger,
      projection: {
        name: 'texts',
        version: 1,
        tables: ['texts'],
        on: {
          Noted: (tx: Pick<Pool, 'query'>, { position }: { position: number }) =>
            tx.query('insert into texts values ($1)', [position]),
        },
      },
    };
    const head = await stack.log.read.head();
    const first = startProjection({ ...stack.open(), ...options });
    t.after(() => first.close());
    assert(await first.caughtUp(head));
    await stack.pool.query('update registry.texts set position = position + 1000');
    const done = await json('rebuild', 'texts');
    assert.deepEqual([done.state, done.schema], ['done', 'registry']);
    assert.equal((await stack.admin.query('select from registry.texts where position > 1000')).rowCount, 0);
    await stack.admin.query("create table auth.checkpoints as select * from registry.checkpoints where name = 'texts'");
    await stack.admin.query('alter table auth.checkpoints add primary key (name)');
    const { stdout } = await start(['rebuild', 'texts', '--schema', 'auth']);
    assert.match(stdout, /no copy of auth is connected: the rebuild begins when one starts/);
    await stack.admin.query('drop table auth.checkpoints');
    await refused(['rebuild', 'none'], /No projection named none[\s\S]*registry: texts/);
  });

  test('stats count what is there', async () => {
    const { events, types, followers } = await json('stats');
    assert.equal(events, await stack.log.read.head());
    assert.deepEqual(
      types.map(({ type }: { type: string }) => type),
      ['Noted'],
    );
    assert(followers.some(({ name, behind }: { name: string; behind: number }) => name === 'texts' && behind === 0));
  });

  test('helps, and names what it does not know', async () => {
    assert.match((await start(['--help'])).stdout, /export .* to the byte/);
    assert.match((await start(['import', '--help'])).stdout, /All of it, or nothing/);
    assert.equal((await start(['grep'])).exitCode, 64);
    await refused(['tail', '--lines', 'many'], /whole number from 0 as --lines, got many/);
    await refused(['tail', '--colour'], /colour/);
  });
});
