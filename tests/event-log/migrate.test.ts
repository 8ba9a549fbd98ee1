import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { migrateLog, migrateSchema } from '@sightline/event-log';
import { type LogStack, startLog, upTo } from './stack.ts';

describe('migrations', () => {
  let stack: LogStack;
  let folder: string;
  before(async () => {
    stack = await startLog();
    folder = await mkdtemp(join(tmpdir(), 'event-log-migrations-'));
  });
  after(async () => {
    await stack[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const migrate = () => migrateSchema({ pool: stack.open().pool, schema: 'registry', folder });
  const applied = async () =>
    (await stack.pool.query('select name from registry.migrations order by name')).rows.map(({ name }) => name);

  test('of the log may be applied by several at once, to an empty database', async () => {
    await stack.admin.query('drop schema log cascade');
    const clients = await Promise.all(upTo(4).map(() => stack.admin.connect()));
    await Promise.all(clients.map(migrateLog));
    for (const client of clients) client.release();
    const { rows } = await stack.admin.query('select position from log.head');
    assert.deepEqual(rows, [{ position: 0 }]);
  });

  test('of the log bring its functions up to date when these have changed, and only then', async () => {
    const version =
      "select proname, xmin::text from pg_proc where proname = 'append' and pronamespace = 'log'::regnamespace";
    const migrated = async () => {
      const client = await stack.admin.connect();
      await migrateLog(client);
      client.release();
      return (await stack.admin.query(version)).rows;
    };
    const before = await migrated();
    assert.deepEqual(await migrated(), before);
    await stack.admin.query("update log.migrations set name = 'functions of before' where name like 'functions %'");
    assert.notDeepEqual(await migrated(), before);
    assert.equal((await stack.admin.query("select from log.migrations where name like 'functions %'")).rowCount, 1);
  });

  test('of a service are applied once, in order of name, by however many copies', async () => {
    await writeFile(join(folder, '002_rows.sql'), 'insert into registry.things values (1)');
    await writeFile(join(folder, '001_table.sql'), 'create table registry.things (n int)');
    await Promise.all(upTo(4).map(migrate));
    assert.deepEqual(await applied(), ['001_table.sql', '002_rows.sql']);
    assert.equal((await stack.pool.query('select from registry.things')).rowCount, 1);
    assert.equal((await stack.pool.query('select from registry.checkpoints')).rowCount, 0);
  });

  test('that fail leave nothing behind, and hold when they are mended', async () => {
    await writeFile(join(folder, '003_more.sql'), 'insert into registry.things values (2)');
    await writeFile(join(folder, '004_broken.sql'), 'insert into registry.nothing values (3)');
    await assert.rejects(migrate(), { code: '42P01' });
    assert.equal((await stack.pool.query('select from registry.things')).rowCount, 1);
    await writeFile(join(folder, '004_broken.sql'), 'insert into registry.things values (3)');
    await migrate();
    assert.equal((await stack.pool.query('select from registry.things')).rowCount, 3);
  });
});
