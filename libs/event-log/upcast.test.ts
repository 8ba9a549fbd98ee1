import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { InvalidEvent } from './errors.ts';
import { toRow } from './row.ts';
import { upcast } from './upcast.ts';

/** A step that a chain may be made of: pure, and not the same in another order. */
const step = fc.record({ times: fc.integer({ min: 2, max: 9 }), plus: fc.integer({ min: 0, max: 9 }) });
const schemas = { Counted: z.object({ n: z.number() }) };
const one = (data: unknown): { n: number } => schemas.Counted.parse(data);

describe('upcasting', () => {
  test('takes data of any version through every later step, once and in order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.nat(8), fc.nat(1000), (steps, from, n) => {
        const chain = steps.map(({ times, plus }) => (data: unknown) => ({ n: one(data).n * times + plus }));
        const schema = Math.min(from, steps.length) + 1;
        const written = Object.freeze({ n });
        const expected = steps.slice(schema - 1).reduce((value, { times, plus }) => value * times + plus, n);
        const read = upcast({ schemas, upcasters: { Counted: chain } }, 'Counted', { schema, data: written });
        assert.deepEqual(read, { schema: steps.length + 1, data: { n: expected } });
      }),
    );
  });

  test('leaves types that the log does not know as they are', () => {
    const read = upcast({ schemas, upcasters: {} }, 'Foreign', { schema: 7, data: 1 });
    assert.deepEqual(read, { schema: 7, data: 1 });
  });

  test('refuses data of a version that this process does not know', () => {
    assert.throws(() => upcast({ schemas, upcasters: {} }, 'Counted', { schema: 2, data: { n: 1 } }), InvalidEvent);
  });

  test('an event is written in the newest version, and in no other', () => {
    const types = { schemas, upcasters: { Counted: [(data: unknown) => data] } };
    const counted = { type: 'Counted', data: { n: 1 } };
    assert.equal(toRow(counted, types).metadata, '{"schema":2}');
    assert.equal(toRow({ ...counted, metadata: { schema: 2 } }, types).metadata, '{"schema":2}');
    assert.throws(() => toRow({ ...counted, metadata: { schema: 1 } }, types), InvalidEvent);
  });
});
