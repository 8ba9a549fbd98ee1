import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  dropParked,
  type Follower,
  listParked,
  migrateSchema,
  type RecordedEvent,
  retryParked,
  startConsumer,
} from '@sightline/event-log';
import type { PoolClient } from 'pg';
import { type LogStack, logger, noted, schemas, startLog, until, upTo } from './stack.ts';

const schema = 'registry';
type Handle = (event: RecordedEvent, tx: PoolClient) => Promise<unknown>;
const textOf = ({ data }: RecordedEvent) => schemas.Noted.parse(data).text;

describe('a consumer', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
    const folder = await mkdtemp(join(tmpdir(), 'event-log-migrations-'));
    await migrateSchema({ pool: stack.pool, schema, folder });
    await rm(folder, { recursive: true });
    await stack.pool.query('create table registry.handled (consumer text, position bigint, n serial)');
  });
  after(() => stack[Symbol.asyncDispose]());

  /** Runs copies of a new consumer from here on, until `work` is done. */
  async function consuming(name: string, handle: Handle, work: (copies: Follower[]) => Promise<void>, copies = 1) {
    const from = await stack.log.read.head();
    const start = () =>
      startConsumer({ ...stack.open(), schema, name, after: from, handle, tries: 3, pauseMs: 1, logger });
    const running = upTo(copies).map(start);
    try {
      await work(running);
    } finally {
      await Promise.all(running.map((copy) => copy.close()));
    }
  }

  const append = (stream: string, ...texts: string[]) =>
    stack.log.append(
      `note-${stream}`,
      'any',
      texts.map((text) => noted(text)),
    );
  const note =
    (consumer: string): Handle =>
    (event, tx) =>
      tx.query('insert into registry.handled (consumer, position) values ($1, $2)', [consumer, event.position]);
  async function handled(consumer: string): Promise<number[]> {
    const { rows } = await stack.pool.query<{ position: number }>(
      'select position from registry.handled where consumer = $1 order by n',
      [consumer],
    );
    return rows.map(({ position }) => position);
  }

  test('goes on where it was, and its copies handle each event once and in order', { timeout: 60_000 }, async () => {
    const from = await stack.log.read.head();
    await consuming('shared', note('shared'), async ([first]) => {
      const { position } = await append('a', 'x', 'y');
      assert(await first?.caughtUp(position));
    });
    const work = async (copies: Follower[]) => {
      await Promise.all(upTo(300).map((n) => append(`s${n % 7}`, 'x', 'y')));
      const head = await stack.log.read.head();
      for (const copy of copies) assert(await copy.caughtUp(head, 20_000));
    };
    await consuming('shared', note('shared'), work, 4);
    const expected = upTo(602).map((n) => from + n);
    assert.deepEqual(await handled('shared'), expected);
  });

  test('parks a failing event and the later ones of its stream with the reason; others go on', {
    timeout: 60_000,
  }, async () => {
    const seen: string[] = [];
    const failing = new Set(['bad']);
    const handle: Handle = async (event, tx) => {
      await note('parking')(event, tx);
      seen.push(textOf(event));
      if (failing.has(textOf(event))) throw new Error(`no ${textOf(event)}`);
    };
    await consuming('parking', handle, async ([copy]) => {
      const from = await stack.log.read.head();
      await append('p', 'good', 'bad', 'behind');
      await append('q', 'other');
      const last = await append('p', 'later');
      assert(await copy?.caughtUp(last.position));
      assert.deepEqual(seen, ['good', 'bad', 'bad', 'bad', 'other']);
      assert.deepEqual(await handled('parking'), [from + 1, from + 4]);
      const parked = await listParked(stack.pool, { schema, consumer: 'parking' });
      assert.deepEqual(
        parked.map(({ position, stream, type, reason, tries }) => ({ position, stream, type, reason, tries })),
        [
          { position: from + 2, stream: 'note-p', type: 'Noted', reason: 'no bad', tries: 3 },
          {
            position: from + 3,
            stream: 'note-p',
            type: 'Noted',
            reason: `waits for position ${from + 2} of its stream`,
            tries: 0,
          },
          {
            position: from + 5,
            stream: 'note-p',
            type: 'Noted',
            reason: `waits for position ${from + 2} of its stream`,
            tries: 0,
          },
        ],
      );

      assert.equal(await retryParked(stack.pool, { schema, consumer: 'parking', stream: 'note-p' }), 3);
      await until('it was tried again', async () => {
        const [first] = await listParked(stack.pool, { schema, consumer: 'parking' });
        return first?.tries === 6 && !first.retrying;
      });
      failing.clear();
      await retryParked(stack.pool, { schema, consumer: 'parking' });
      await until(
        'nothing is parked',
        async () => (await listParked(stack.pool, { schema, consumer: 'parking' })).length === 0,
      );
      await append('p', 'after');
      assert(await copy?.caughtUp(from + 6));
      assert.deepEqual(
        await handled('parking'),
        [1, 4, 2, 3, 5, 6].map((n) => from + n),
      );
    });
  });

  test('a parked event that is dropped is never handled, those behind it are when asked for', {
    timeout: 60_000,
  }, async () => {
    const handle: Handle = async (event, tx) => {
      if (textOf(event) === 'bad') throw new Error('bad');
      await note('dropping')(event, tx);
    };
    await consuming('dropping', handle, async ([copy]) => {
      const { position } = await append('d', 'bad', 'behind');
      assert(await copy?.caughtUp(position));
      assert(await dropParked(stack.pool, { schema, consumer: 'dropping', position: position - 1 }));
      assert.equal(await dropParked(stack.pool, { schema, consumer: 'dropping', position: position - 1 }), false);
      await retryParked(stack.pool, { schema, consumer: 'dropping' });
      await until('it was handled', async () => (await handled('dropping')).length === 1);
      assert.deepEqual(await handled('dropping'), [position]);
    });
  });

  test('whose connection or Postgres dies handles each event once in effect, and parks nothing for it', {
    timeout: 90_000,
  }, async () => {
    let deaths = 0;
    const handle: Handle = async (event, tx) => {
      await note('dying')(event, tx);
      if (textOf(event) !== 'deadly' || deaths === 2) return;
      deaths += 1;
      if (deaths === 2) stack.stack.child('postgres').kill('SIGKILL');
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    };
    const from = await stack.log.read.head();
    await append('dying', 'before', 'deadly', 'after');
    const { pool } = stack.open();
    await pool.query("insert into registry.checkpoints values ('consumer dying', 1, $1)", [from]);
    await consuming('dying', handle, async ([copy]) => {
      assert(await copy?.caughtUp(from + 3, 30_000));
    });
    assert.equal(deaths, 2);
    assert.deepEqual(
      await handled('dying'),
      [1, 2, 3].map((n) => from + n),
    );
    assert.deepEqual(await listParked(stack.pool, { schema }), []);
  });

  test('that has never run has nothing to ask for', async () => {
    await assert.rejects(retryParked(stack.pool, { schema, consumer: 'none' }), /never run/);
  });
});
