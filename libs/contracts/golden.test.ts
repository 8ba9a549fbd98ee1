import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { incompatibilities } from './compatibility.ts';
import { domainEvents } from './events/index.ts';
import { domainUpcasters } from './events/upcasters.ts';
import { checkGolden, goldenEvents, versionOf } from './golden.ts';
import { jsonSchema } from './openapi.ts';

describe('released events', () => {
  test('are what today takes, or have an upcaster and a golden file of their own', async () => {
    assert.deepEqual(await checkGolden({ write: false }), []);
  });

  test('of every version ever written can be read today', async () => {
    const schemas: Record<string, z.ZodType> = domainEvents;
    for (const { name, type, version, examples } of await goldenEvents()) {
      assert(version >= 1 && version <= versionOf(type), `${name} has no upcaster`);
      for (const example of examples) {
        const data = (domainUpcasters[type] ?? []).slice(version - 1).reduce((value, step) => step(value), example);
        assert.deepEqual(schemas[type]?.safeParse(data), { success: true, data }, name);
      }
    }
  });
});

describe('a released schema', () => {
  const Place = z.object({
    id: z.string().max(10),
    kind: z.enum(['a', 'b']),
    tags: z.array(z.int()).max(3),
    note: z.string().optional(),
    at: z.tuple([z.number(), z.number()]).optional(),
  });
  const changes: [string, z.ZodType, string[]][] = [
    ['as it was', Place, []],
    ['with a new optional field', Place.extend({ more: z.object({ x: z.string() }).optional() }), []],
    ['with another value', Place.extend({ kind: z.enum(['a', 'b', 'c']) }), []],
    ['with looser limits', Place.extend({ id: z.string().max(20), tags: z.array(z.number()) }), []],
    ['without a field', Place.omit({ note: true }), ['/note: is gone']],
    [
      'with a renamed field',
      Place.omit({ id: true }).extend({ key: z.string() }),
      ['/key: is required now', '/id: is gone'],
    ],
    ['with a newly required field', Place.extend({ note: z.string() }), ['/note: is required now']],
    ['with a field that may be missing', Place.partial({ id: true }), ['/id: may be missing now']],
    ['with a value less', Place.extend({ kind: z.enum(['a']) }), ['/kind: no longer takes b']],
    ['with another type', Place.extend({ id: z.number() }), ['/id: no longer takes string']],
    ['with a shorter field', Place.extend({ id: z.string().max(9) }), ['/id: maxLength is narrower']],
    ['with a pattern', Place.extend({ id: z.string().max(10).regex(/^x/) }), ['/id: pattern is narrower']],
    ['with less in a list', Place.extend({ tags: z.array(z.int().min(0)).max(3) }), ['/tags[]: minimum is narrower']],
    [
      'with a part more',
      Place.extend({ at: z.tuple([z.number(), z.number(), z.number()]).optional() }),
      ['/at: has other parts', '/at: minItems is narrower'],
    ],
    [
      'with a narrower part',
      Place.extend({ at: z.tuple([z.number(), z.number().min(0)]).optional() }),
      ['/at[1]: minimum is narrower'],
    ],
    [
      'with one of two',
      z.object({ ...Place.shape, note: z.union([z.int(), z.null()]).optional() }),
      ['/note: alternative 1 no longer fits'],
    ],
  ];
  for (const [name, after, expected] of changes)
    test(`${name} ${expected.length === 0 ? 'is compatible' : 'is not'}`, () => {
      const found = incompatibilities(jsonSchema(Place, 'output'), jsonSchema(after, 'output'));
      assert.deepEqual(found, expected);
    });
});
