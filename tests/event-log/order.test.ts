import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type LogStack, noted, startLog, take, upTo } from './stack.ts';

describe('order of the log', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('concurrent appends of several processes leave no gap, and no reader sees a position before a lower one', async () => {
    const writers = upTo(4).map(() => stack.open().log);
    const from = await stack.log.read.head();
    const writing = Promise.all(
      writers.flatMap((log, writer) =>
        upTo(250).map((n) => {
          const texts = upTo(1 + ((n + writer) % 4));
          return log.append(
            `note-${n % 20}`,
            'any',
            texts.map(() => noted('x')),
          );
        }),
      ),
    );
    let done = false;
    const finished = writing.finally(() => {
      done = true;
    });
    let last = from;
    while (!done || last < (await stack.log.read.head())) {
      for await (const { position } of stack.log.read.all({ after: last })) {
        assert.equal(position, last + 1);
        last = position;
      }
    }
    const appended = await finished;
    assert.equal(appended.length, 1000);
    assert.equal(last - from, 2500);
  });

  test('every stream counts from 1 without a gap', async () => {
    const { rows } = await stack.pool.query(
      'select stream_id from log.events group by stream_id having max(stream_position) <> count(*) or min(stream_position) <> 1',
    );
    assert.deepEqual(rows, []);
  });

  test('an append that was rolled back leaves no gap', async () => {
    const head = await stack.log.read.head();
    const client = await stack.pool.connect();
    await client.query('begin');
    const { rows } = await client.query(
      `select outcome from log.append('{note-rolled}', '{0}', '{1}', '{0}', '{1}',
        array[gen_random_uuid()], '{Noted}', array['{}'], array['{"schema":1}'], array[now()])`,
    );
    assert.deepEqual(rows, [{ outcome: 'appended' }]);
    await client.query('rollback');
    client.release();
    assert.equal((await stack.log.append('note-after', 'none', [noted('x')])).position, head + 1);
  });

  test('an idle transaction stalls neither appends nor readers', async () => {
    const idle = await stack.admin.connect();
    await idle.query('begin');
    await idle.query('create table public.idle (n int)');
    await idle.query('select count(*) from log.events');
    const { position } = await stack.log.append('note-busy', 'any', [noted('x')]);
    const [seen] = await take(stack.log.read.all({ after: position - 1 }));
    await idle.query('rollback');
    idle.release();
    assert.equal(seen?.position, position);
  });
});
