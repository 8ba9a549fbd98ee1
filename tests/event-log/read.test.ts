import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type LogStack, noted, startLog, take, upTo } from './stack.ts';

const total = 2_700;
const positions = (events: { position: number }[]) => events.map(({ position }) => position);

describe('reading', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
    for (const n of upTo(total / 10)) {
      const events = upTo(9).map((m) => ({ ...noted(`${n}.${m}`), occurredAt: new Date(1000 * n) }));
      await stack.log.appendAll([
        { stream: `note-${n % 3}`, expected: 'any', events },
        { stream: 'meter-1', expected: 'any', events: [{ type: 'Counted', data: { n } }] },
      ]);
    }
  });
  after(() => stack[Symbol.asyncDispose]());

  test('goes both ways through the whole log and any part of it', async () => {
    const { read } = stack.log;
    assert.deepEqual(positions(await take(read.all())), upTo(total));
    assert.deepEqual(positions(await take(read.all({ backwards: true }))), upTo(total).reverse());
    const part = upTo(total).slice(100, 2_300);
    assert.deepEqual(positions(await take(read.all({ after: 100, before: 2_301, pageSize: 7 }))), part);
    assert.deepEqual(
      positions(await take(read.all({ after: 100, before: 2_301, backwards: true, pageSize: 1_200 }))),
      part.toReversed(),
    );
    assert.deepEqual(await take(read.all({ after: total })), []);
    assert.deepEqual(await take(read.all({ before: 1, backwards: true })), []);
  });

  test('by type and by noun gives these alone, both ways', async () => {
    const { read } = stack.log;
    const counted = upTo(total).filter((position) => position % 10 === 0);
    const notes = upTo(total).filter((position) => position % 10 !== 0);
    assert.deepEqual(positions(await take(read.all({ types: ['Counted'], pageSize: 10 }))), counted);
    assert.deepEqual(positions(await take(read.all({ categories: ['note'], backwards: true }))), notes.toReversed());
    assert.deepEqual(await take(read.all({ types: ['Counted'], categories: ['note'] })), []);
  });

  test('from a moment gives what was recorded from then on, until one what was recorded before', async () => {
    const { read } = stack.log;
    const { rows } = await stack.pool.query<{ position: number; recorded_at: Date }>(
      'select global_position as position, recorded_at from log.events where global_position in (1, 800, 2700) order by 1',
    );
    for (const { recorded_at: moment } of rows) {
      const all = await take(read.all());
      const [late, early] = [
        all.filter((event) => event.recordedAt >= moment),
        all.filter((e) => e.recordedAt < moment),
      ];
      assert.deepEqual(positions(await take(read.all({ since: moment }))), positions(late));
      assert.deepEqual(positions(await take(read.all({ until: moment, backwards: true }))), positions(early).reverse());
    }
    assert.deepEqual(await take(read.all({ since: new Date(8.64e14) })), []);
    assert.equal((await take(read.all({ until: new Date(8.64e14), since: new Date(0) }))).length, total);
  });

  test('a stream is read in its own order, both ways', async () => {
    const { read } = stack.log;
    const count = (events: { streamPosition: number }[]) => events.map(({ streamPosition }) => streamPosition);
    const length = (await read.last('note-1'))?.streamPosition ?? 0;
    assert(length > 500);
    assert.deepEqual(count(await take(read.stream('note-1'))), upTo(length));
    assert.deepEqual(count(await take(read.stream('note-1', { backwards: true }))), upTo(length).reverse());
    assert.deepEqual(count(await take(read.stream('note-1', { after: 3, before: 6, pageSize: 1 }))), [4, 5]);
    assert.equal(await read.last('note-none'), undefined);
  });

  test('as it was written gives the very text and the microseconds', async () => {
    const text = 'é \u0000 \u2028 "\\" 😀 {1e21}';
    const occurredAt = new Date('2024-02-29T23:59:59.007Z');
    const { position } = await stack.log.append('note-raw', 'none', [{ ...noted(text), occurredAt }]);
    const [[event] = []] = await take(stack.log.read.raw({ after: position - 1 }));
    const { rows } = await stack.pool.query(
      'select (extract(epoch from recorded_at) * 1000000)::bigint as us from log.events where global_position = $1',
      [position],
    );
    assert.deepEqual([event?.data, event?.metadata], [JSON.stringify({ text }), '{"schema":1}']);
    assert.equal(event?.occurredAt, '2024-02-29T23:59:59.007000Z');
    const [, whole = '', micro = ''] = /^(.*)\.(\d{6})Z$/.exec(event?.recordedAt ?? '') ?? [];
    assert.equal(Date.parse(`${whole}Z`) * 1000 + Number(micro), rows[0].us);
  });

  test('a reader that stops early or reads slowly makes one page more, no more', async () => {
    const { log, pool } = stack.open();
    let statements = 0;
    pool.on('acquire', () => {
      statements += 1;
    });
    const pages = log.read.pages({ pageSize: 100 });
    await pages.next();
    await pages.next();
    assert(statements <= 3, `${statements} statements`);
    await pages.return(undefined);
    assert(statements <= 3);
  });
});
