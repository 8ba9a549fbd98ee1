import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Conflict, InvalidEvent, openEventLog } from '@sightline/event-log';
import { z } from 'zod';
import { type LogStack, logger, noted, schemas, startLog, take, upTo } from './stack.ts';

describe('append', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('a conflict says the stream, what was expected and where it stands', async () => {
    const { log } = stack;
    await log.append('note-a', 'none', [noted('1'), noted('2')]);
    const conflict = (expected: unknown) => (error: unknown) => {
      assert(error instanceof Conflict);
      assert.deepEqual([error.stream, error.expected, error.actual], ['note-a', expected, 2]);
      return true;
    };
    await assert.rejects(log.append('note-a', 'none', [noted('3')]), conflict('none'));
    await assert.rejects(log.append('note-a', 1, [noted('3')]), conflict(1));
    await assert.rejects(log.append('note-a', 3, [noted('3')]), conflict(3));
    assert.equal((await log.append('note-a', 2, [noted('3')])).streamPosition, 3);
  });

  test('of many who expect the same position one wins', async () => {
    const racers = upTo(4).map(() => stack.open().log);
    const tries = racers.flatMap((log) => upTo(10).map(() => log.append('note-race', 'none', [noted('me')])));
    const results = await Promise.allSettled(tries);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await take(stack.log.read.stream('note-race'))).length, 1);
  });

  test('the same event ids again answer as the first time, whatever is expected', async () => {
    const { log } = stack;
    const events = [noted('1', randomUUIDv7()), noted('2', randomUUIDv7())];
    const first = await log.append('note-twice', 'none', events);
    await log.append('note-twice', 2, [noted('3')]);
    assert.deepEqual(await log.append('note-twice', 'none', events), { ...first, duplicate: true });
    assert.equal((await take(log.read.stream('note-twice'))).length, 3);
  });

  test('the same event ids at the same time are once', async () => {
    const events = [noted('1', randomUUIDv7())];
    const logs = [stack.log, stack.log, stack.open().log];
    const answers = await Promise.all(logs.map((log) => log.append('note-same', 'none', events)));
    assert.equal(new Set(answers.map(({ position }) => position)).size, 1);
    assert.equal(answers.filter(({ duplicate }) => !duplicate).length, 1);
  });

  test('an event id that belongs to another event is refused', async () => {
    const id = randomUUIDv7();
    await stack.log.append('note-mine', 'any', [noted('1', id)]);
    await assert.rejects(stack.log.append('note-yours', 'any', [noted('1', id)]), InvalidEvent);
    await assert.rejects(stack.log.append('note-mine', 'any', [noted('1', id), noted('2')]), InvalidEvent);
  });

  test('an append to several streams holds whole or not at all', async () => {
    const { log } = stack;
    const both = (expected: 'none' | number) => [
      { stream: 'note-left', expected: 'any' as const, events: [noted('l'), noted('l')] },
      { stream: 'note-right', expected, events: [noted('r')] },
    ];
    const head = await log.read.head();
    const written = both('none').map((write, index) => ({ ...write, events: [noted(`${index}`, randomUUIDv7())] }));
    const [left, right] = await log.appendAll(written);
    assert.deepEqual([left?.position, right?.position], [head + 1, head + 2]);
    await assert.rejects(
      log.appendAll(both('none')),
      (error) => error instanceof Conflict && error.stream === 'note-right',
    );
    assert.equal(await log.read.head(), head + 2);
    assert.deepEqual(
      (await log.appendAll(written)).map(({ position, duplicate }) => [position, duplicate]),
      [
        [head + 1, true],
        [head + 2, true],
      ],
    );
  });

  test('those who share a round trip fail each alone', async () => {
    const { log, pool } = stack.open();
    await log.append('note-taken', 'none', [noted('x')]);
    let roundTrips = 0;
    pool.on('acquire', () => {
      roundTrips += 1;
    });
    const appends = upTo(100).map((n) => {
      if (n % 10 === 1) return log.append('note-taken', 'none', [noted('stale')]);
      if (n % 10 === 2)
        return log.append(`note-bad${n}`, 'none', [{ ...noted('x'), occurredAt: new Date(Number.NaN) }]);
      return log.append(`note-good${n}`, 'none', [noted('x')]);
    });
    const failed = (await Promise.allSettled(appends)).filter(({ status }) => status === 'rejected');
    assert.equal(failed.length, 20);
    assert(roundTrips <= 4, `${roundTrips} round trips`);
  });

  test('thousands of streams go in a few round trips, at contiguous positions', async () => {
    const { log, pool } = stack.open();
    let roundTrips = 0;
    pool.on('acquire', () => {
      roundTrips += 1;
    });
    const head = await log.read.head();
    const appends = await Promise.all(upTo(4000).map((n) => log.append(`note-wide${n}`, 'none', [noted('x')])));
    const positions = appends.map(({ position }) => position - head).toSorted((a, b) => a - b);
    assert.deepEqual(positions, upTo(4000));
    assert(roundTrips <= 5, `${roundTrips} round trips`);
  });

  test('appends to one stream keep the order in which they were asked for, however many wait', async () => {
    const appends = upTo(600).map((n) => [
      stack.log.append('note-ordered', n - 1 || 'none', [noted(String(n))]),
      stack.log.append(`note-beside${n}`, 'none', [noted('x')]),
    ]);
    await Promise.all(appends.flat());
    const { streamPosition } = (await stack.log.read.last('note-ordered')) ?? {};
    assert.equal(streamPosition, 600);
  });

  test('what Postgres alone refuses fails nobody else', async () => {
    const { pool } = stack.open();
    const log = openEventLog({ pool, logger, schemas: { ...schemas, 'No\0te': z.object({}) } });
    const results = await Promise.allSettled([
      log.append('note-first', 'none', [noted('x')]),
      log.append('note-good', 'none', [noted('x')]),
      log.append('note-far', 'none', [{ type: 'No\0te', data: {} }]),
      log.append('note-also', 'none', [noted('x')]),
    ]);
    log.close();
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
  });

  test('the bytes that were written are the bytes that are read', async () => {
    const text = 'é \u0000 \u2028 "\\" 😀 {1e21}';
    const { position } = await stack.log.append('note-bytes', 'none', [noted(text)]);
    const { rows } = await stack.pool.query('select data from log.events where global_position = $1', [position]);
    assert.equal(rows[0].data, JSON.stringify({ text }));
    const [event] = await take(stack.log.read.stream('note-bytes'));
    assert.deepEqual(event?.data, { text });
  });

  test('a service may append and read, and change nothing', async () => {
    const attempts = [
      'insert into log.head default values',
      'update log.head set position = 0',
      "update log.events set data = '{}'",
      'delete from log.events',
      'truncate log.events',
      'drop function log.append',
      'create table log.mine (n int)',
    ];
    for (const statement of attempts) {
      await assert.rejects(stack.pool.query(statement), { code: '42501' }, statement);
    }
  });
});
