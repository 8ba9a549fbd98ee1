import assert from 'node:assert/strict';
import { chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type EventLog, openEventLog, Unavailable } from '@sightline/event-log';
import { execa } from 'execa';
import { Pool } from 'pg';
import { type LogStack, logger, noted, schemas, startLog, until } from './stack.ts';

describe('a database in trouble', { timeout: 120_000 }, () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
    await stack.log.append('note-a', 'none', [noted('before')]);
  });
  after(() => stack[Symbol.asyncDispose]());

  /** An append fails with a reason that tells what is wrong, and changes nothing. */
  async function assertUnavailable(log: EventLog, code: string, text = 'x'): Promise<void> {
    await assert.rejects(log.append('note-a', 'any', [noted(text)]), (error) => {
      assert(error instanceof Unavailable, String(error));
      assert.deepEqual([error.code, error.status], [code, 503]);
      assert.match(error.message, /^The log cannot be written: the /);
      assert(error.explanation.hint);
      return true;
    });
  }

  const healed = (log: EventLog) =>
    until('it takes appends again', () =>
      log.append('note-a', 'any', [noted('after')]).then(
        () => true,
        () => false,
      ),
    );

  const endConnections = () =>
    stack.admin.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'registry'");

  test('that is read-only says so, is read as before, and heals', async () => {
    await stack.admin.query('alter role registry set default_transaction_read_only = on');
    await endConnections();
    await until('it is read-only for everybody', () =>
      stack.log.append('note-a', 'any', [noted('x')]).then(
        () => false,
        (error) => error.code === 'log_read_only',
      ),
    );
    await assertUnavailable(stack.log, 'log_read_only');
    const head = await stack.log.read.head();
    assert.equal((await stack.log.read.last('note-a'))?.position, head);
    await stack.admin.query('alter role registry reset default_transaction_read_only');
    await endConnections();
    await healed(stack.log);
    assert.equal(await stack.log.read.head(), head + 1);
  });

  test('that is restarted says so meanwhile, and heals', async () => {
    const postgres = stack.stack.child('postgres');
    await postgres.stop();
    await assertUnavailable(stack.log, 'log_unreachable');
    postgres.start();
    await healed(stack.log);
  });

  test('that ends a taken connection fails who asks on it, and nobody else', async (context) => {
    const taken = await stack.pool.connect();
    context.after(() => taken.release(true));
    await taken.query('begin');
    const ended = new Promise<void>((resolve) => taken.once('end', resolve));
    await endConnections();
    await ended;
    await assert.rejects(taken.query('commit'));
    await healed(stack.log);
  });

  test('that does not answer in time says so, and heals', async () => {
    const url = stack.stack.environmentOf('registry').DATABASE_URL;
    const pool = new Pool({ connectionString: url, statement_timeout: 300 });
    pool.on('error', () => undefined);
    const log = openEventLog({ pool, logger, schemas });
    stack.closing(() => log.close());
    stack.closing(() => pool.end());
    const holder = await stack.admin.connect();
    await holder.query('begin; select from log.head for update');
    await assertUnavailable(log, 'log_slow');
    await holder.query('rollback');
    holder.release();
    await healed(log);
  });

  test('whose disk is full says so, keeps what there is, and heals', async (context) => {
    const disk = await mkdtemp(join(tmpdir(), 'small-disk-'));
    const { failed } = await execa('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', disk], {
      reject: false,
    });
    if (failed) {
      await rm(disk, { recursive: true });
      return context.skip('a small disk takes the right to mount one');
    }
    stack.closing(async () => {
      await execa('umount', ['--lazy', disk]);
      await rm(disk, { recursive: true, force: true });
    });
    await mkdir(join(disk, 'log'), { mode: 0o700 });
    const { uid, gid } = await stat(join(stack.stack.state, 'postgres'));
    await chown(join(disk, 'log'), uid, gid);
    await stack.admin.query(`create tablespace small location '${join(disk, 'log')}'`);
    await stack.admin.query('alter table log.events set tablespace small');
    const large = () => noted(Array.from({ length: 2_000 }, () => Math.random().toString(36)).join(''));
    let head = 0;
    await until('the disk is full', async () => {
      head = await stack.log.read.head();
      return stack.log.append('note-a', 'any', [large()]).then(
        () => false,
        (error) => error.code === 'log_full',
      );
    });
    await assertUnavailable(stack.log, 'log_full', large().data.text);
    assert.equal(await stack.log.read.head(), head);
    await execa('mount', ['-o', 'remount,size=64m', disk]);
    const { position } = await stack.log.append('note-a', 'any', [large()]);
    assert.equal(position, head + 1);
  });
});
