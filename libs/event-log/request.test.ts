import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { textArray } from './binary.ts';
import { Conflict, InvalidEvent } from './errors.ts';
import { limits, roundTrip } from './limits.ts';
import { check, type Outcome, parameters, type Request, settle, takeBatch } from './request.ts';
import type { Appended, ExpectedPosition, NewEvent } from './types.ts';

const schemas = { Noted: z.object({ text: z.string() }), Empty: z.undefined() };
const types = { schemas, upcasters: {} };
const noted = (text = 'x', id?: string): NewEvent => ({ type: 'Noted', data: { text }, ...(id ? { id } : {}) });
const write = (events: NewEvent[], stream = 'note-1', expected: ExpectedPosition = 'any') => ({
  stream,
  expected,
  events,
});

describe('an append is refused', () => {
  const twice = randomUUIDv7();
  const many = Array.from({ length: limits.events + 1 }, () => noted());
  const large = Array.from({ length: 40 }, () => noted('x'.repeat(limits.dataBytes - 100)));
  const refused: [string, ReturnType<typeof write>[], RegExp][] = [
    ['without a stream', [], /1 to 100 streams/],
    ['without an event', [write([])], /1 to 1000 events in one append, got 0/],
    ['of too many events', [write(many)], /got 1001/],
    ['of too many bytes', [write(large)], /Expected at most 8388608 bytes in one append/],
    ['with too large an event', [write([noted('é'.repeat(limits.dataBytes / 2))])], /at most 262144 bytes as data/],
    ['to a stream without a noun', [write([noted()], 'nodash')], /<noun>-<id>, got nodash/],
    ['to a stream whose name is no subject', [write([noted()], 'note-a.b')], /<noun>-<id>/],
    ['at a position below 0', [write([noted()], 'note-1', -1)], /position from 0, got -1/],
    ['at half a position', [write([noted()], 'note-1', 1.5)], /position from 0, got 1.5/],
    ['of an unknown type', [write([{ type: 'Odd', data: {} }])], /no event of type Odd/],
    ['of a type that every object has', [write([{ type: 'constructor', data: {} }])], /no event of type constructor/],
    ['of data that does not fit', [write([{ type: 'Noted', data: { text: 1 } }])], /Noted does not fit.*text/],
    ['of data that is no JSON', [write([{ type: 'Empty', data: undefined }])], /Expected JSON/],
    [
      'with metadata that does not fit',
      [write([{ ...noted(), metadata: { site: 'a b' } }])],
      /metadata of Noted.*site/,
    ],
    ['with an id that is no UUID', [write([noted('x', 'abc')])], /UUID as id of Noted, got abc/],
    ['with one id twice', [write([noted('x', twice), noted('y', twice.toUpperCase())])], /event id once/],
    ['with one stream twice', [write([noted()]), write([noted()])], /stream once/],
    ['at no time', [write([{ ...noted(), occurredAt: new Date(Number.NaN) }])], /occurredAt/],
  ];
  for (const [why, writes, message] of refused) {
    test(why, () => {
      assert.throws(
        () => check(writes, types),
        (error) => error instanceof InvalidEvent && message.test(error.message) && error.message.length < 500,
      );
    });
  }
});

function request(events: NewEvent[], writes = [write(events)]): Request & { answer: Promise<Appended[]> } {
  const { promise, resolve, reject } = Promise.withResolvers<Appended[]>();
  return { ...check(writes, types), resolve, reject, answer: promise };
}

describe('a round trip', () => {
  const take = (queue: Request[], most: number = roundTrip.events) => takeBatch(queue, { most, beside: [] }).length;

  test('takes whole requests up to its size, and at least one', () => {
    const thousand = () => request(Array.from({ length: 1_000 }, () => noted()));
    const queue = [thousand(), thousand(), thousand()];
    assert.equal(take(queue), roundTrip.events / 1_000);
    assert.equal(take(queue, 500), 1);
    assert.equal(take(queue), 0);
  });

  test('takes an event id once', () => {
    const id = randomUUIDv7();
    const queue = [request([noted('x', id)]), request([noted('x', id)])];
    assert.deepEqual([take(queue), take(queue)], [1, 1]);
  });

  test('leaves whoever follows an append to the same stream that is not answered yet', () => {
    const [first, other, second] = ['note-1', 'note-2', 'note-1'].map((stream) =>
      request([], [write([noted()], stream)]),
    );
    assert.ok(first && other && second);
    const queue = [other, second];
    assert.deepEqual(takeBatch(queue, { most: roundTrip.events, beside: [first] }), [other]);
    assert.deepEqual(takeBatch(queue, { most: roundTrip.events, beside: [first, other] }), []);
    assert.deepEqual(queue, [second]);
  });

  test('names each stream once and gives its writes in order', () => {
    const batch = [
      request([], [write([noted('a'), noted('b')]), write([noted('c')], 'note-2', 'none')]),
      request([], [write([noted('d')], 'note-1', 7)]),
    ];
    const [streams, numbers, writeStreams, expected, counts, , , data] = parameters(batch);
    assert.deepEqual(
      { streams, numbers, writeStreams, expected, counts },
      {
        streams: ['note-1', 'note-2'],
        numbers: [0, 0, 1],
        writeStreams: [1, 2, 1],
        expected: [null, 0, 7],
        counts: [2, 1, 1],
      },
    );
    assert.deepEqual(data, textArray(['{"text":"a"}', '{"text":"b"}', '{"text":"c"}', '{"text":"d"}']));
  });
});

describe('the answer', () => {
  const outcome = (verdict: Outcome['outcome'], standing: number): Outcome => ({
    outcome: verdict,
    stream_position: standing,
    global_position: standing * 10,
  });

  test('of a conflict names the write that did not fit', async () => {
    const two = request([], [write([noted()]), write([noted()], 'note-2', 3)]);
    settle(two, [outcome('conflict', 9), outcome('conflict', 4)]);
    await assert.rejects(two.answer, new Conflict('note-2', 3, 4));
  });

  test('of an id used before says so', async () => {
    const reused = request([noted()]);
    settle(reused, [outcome('id_reused', 1)]);
    await assert.rejects(reused.answer, InvalidEvent);
  });

  test('of a duplicate says where it stood', async () => {
    const duplicate = request([noted()]);
    settle(duplicate, [outcome('duplicate', 2)]);
    assert.deepEqual(await duplicate.answer, [{ streamPosition: 2, position: 20, duplicate: true }]);
  });
});
