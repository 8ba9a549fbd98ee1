import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type LogStack, noted, startLog, take, until, upTo } from './stack.ts';

describe('a subscription', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('catches up and goes live without a seam under concurrent appends', { timeout: 60_000 }, async () => {
    const writers = upTo(3).map(() => stack.open().log);
    const ended = new AbortController();
    const from = await stack.log.read.head();
    const appendSome = () =>
      Promise.all(
        writers.flatMap((log) => upTo(400).map((n) => log.append(`note-${n % 7}`, 'any', [noted('x'), noted('y')]))),
      );
    await appendSome();
    const live = appendSome();
    const readers = upTo(3).map(() =>
      take(stack.open().log.subscribe({ after: from, signal: ended.signal }), 2 * 3 * 400 * 2),
    );
    const [seen] = await Promise.all([Promise.all(readers), live]);
    ended.abort();
    const expected = upTo(2 * 3 * 400 * 2).map((n) => from + n);
    for (const events of seen)
      assert.deepEqual(
        events.map(({ position }) => position),
        expected,
      );
  });

  test('by type and by noun gives these alone, and wakes for one among others', { timeout: 60_000 }, async () => {
    const ended = new AbortController();
    const from = await stack.log.read.head();
    const reading = take(
      stack.log.subscribe({ after: from, types: ['Counted'], categories: ['meter'], signal: ended.signal }),
      2,
    );
    for (const n of [1, 2]) {
      await stack.log.append(
        'note-other',
        'any',
        upTo(600).map(() => noted('x')),
      );
      await stack.log.append('note-counted', 'any', [{ type: 'Counted', data: { n: 0 } }]);
      await stack.log.append('meter-1', 'any', [{ type: 'Counted', data: { n } }]);
    }
    assert.deepEqual(
      (await reading).map(({ data }) => data),
      [{ n: 1 }, { n: 2 }],
    );
    ended.abort();
  });

  test('is woken by a commit, and need not look by itself', { timeout: 60_000 }, async (context) => {
    const ended = new AbortController();
    const events = stack.log.subscribe({ after: await stack.log.read.head(), signal: ended.signal });
    let next = events.next();
    await until('it waits', async () => (await listeners()) > 0);
    // From now on no second passes for it.
    context.mock.timers.enable({ apis: ['setTimeout'] });
    for (const n of upTo(5)) {
      const written = await stack.open().log.append('note-wake', 'any', [noted(`${n}`)]);
      assert.equal((await next).value?.position, written.position);
      next = events.next();
    }
    ended.abort();
    await next;
  });

  test('outlives its connections and Postgres', { timeout: 60_000 }, async () => {
    const ended = new AbortController();
    const from = await stack.log.read.head();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { position } of stack.log.subscribe({ after: from, signal: ended.signal })) seen.push(position);
    })();
    await stack.log.append('note-lives', 'any', [noted('1')]);
    await until('the first', () => seen.length === 1);
    await stack.admin.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'registry'");
    await appendAgain('2');
    await until('the second', () => seen.length === 2);
    stack.stack.child('postgres').kill('SIGKILL');
    await appendAgain('3');
    await until('the third', () => seen.length === 3);
    ended.abort();
    await reading;
    assert.deepEqual(seen, [from + 1, from + 2, from + 3]);
  });

  test('ends at once when it is no longer wanted', { timeout: 60_000 }, async () => {
    const ended = new AbortController();
    const reading = take(stack.log.subscribe({ after: await stack.log.read.head(), signal: ended.signal }));
    ended.abort();
    assert.deepEqual(await reading, []);
  });

  async function listeners(): Promise<number> {
    const { rows } = await stack.admin.query<{ n: number }>(
      "select count(*) as n from pg_stat_activity where query = 'listen log'",
    );
    return rows[0]?.n ?? 0;
  }

  const appendAgain = (text: string) =>
    until('an append holds', () =>
      stack.log.append('note-lives', 'any', [noted(text, `0190${text}000-0000-7000-8000-000000000000`)]).then(
        () => true,
        () => false,
      ),
    );
});
