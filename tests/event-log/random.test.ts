import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Conflict, type ExpectedPosition } from '@sightline/event-log';
import fc from 'fast-check';
import { type LogStack, noted, startLog, take, upTo } from './stack.ts';

const stream = fc.nat(2);
const expected = fc.oneof(fc.constantFrom<'any' | 'none'>('any', 'none'), fc.nat(4));
const write = fc.record({ stream, expected, events: fc.integer({ min: 1, max: 3 }) });
const writes = fc.uniqueArray(write, { minLength: 1, maxLength: 3, selector: (each) => each.stream });
/** A new append, or one of those before again. */
const step = fc.oneof({ weight: 4, arbitrary: writes }, fc.nat(20));
type Writes = { stream: string; expected: ExpectedPosition; events: ReturnType<typeof noted>[] }[];

describe('whatever is appended', () => {
  let stack: LogStack;
  let rounds = 0;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('the log answers and holds what a list in memory would', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      rounds += 1;
      const model = new Map<string, string[]>();
      const known = new Map<Writes, number[]>();
      for (const next of steps) {
        const again = typeof next === 'number' ? [...known.keys()][next % Math.max(1, known.size)] : undefined;
        const wanted =
          again ??
          (typeof next === 'number' ? [] : next).map((each) => ({
            stream: `note-${rounds}-${each.stream}`,
            expected: each.expected,
            events: upTo(each.events).map(() => noted('x', randomUUIDv7())),
          }));
        if (wanted.length === 0) continue;
        await appendBoth(wanted, model, known);
      }
      for (const [name, ids] of model) {
        const events = await take(stack.log.read.stream(name));
        assert.deepEqual(
          events.map(({ id, streamPosition }) => [streamPosition, id]),
          ids.map((id, index) => [index + 1, id]),
        );
      }
    });
    await fc.assert(property, { numRuns: 20 });
    const head = await stack.log.read.head();
    assert.deepEqual(
      (await take(stack.log.read.all())).map(({ position }) => position),
      upTo(head),
    );
  });

  /** Appends to the log and to the model; both must say the same. */
  async function appendBoth(wanted: Writes, model: Map<string, string[]>, known: Map<Writes, number[]>) {
    const standing = (name: string) => model.get(name)?.length ?? 0;
    const answered = known.get(wanted);
    const holds = wanted.every(
      (each) => each.expected === 'any' || (each.expected === 'none' ? 0 : each.expected) === standing(each.stream),
    );
    const answer = await stack.log.appendAll(wanted).catch((error: unknown) => error);
    if (answered) {
      assert(Array.isArray(answer));
      assert.deepEqual(
        answer.map(({ streamPosition, duplicate }) => [streamPosition, duplicate]),
        answered.map((position) => [position, true]),
      );
    } else if (!holds) {
      assert(answer instanceof Conflict, String(answer));
      assert.equal(answer.actual, standing(answer.stream));
    } else {
      for (const { stream: name, events } of wanted)
        model.set(name, [...(model.get(name) ?? []), ...events.map(({ id }) => id ?? '')]);
      assert(Array.isArray(answer), String(answer));
      const positions = wanted.map((each) => standing(each.stream));
      assert.deepEqual(
        answer.map(({ streamPosition, duplicate }) => [streamPosition, duplicate]),
        positions.map((position) => [position, false]),
      );
      known.set(wanted, positions);
    }
  }

  test('no reader ever sees a gap while appends overlap, are rolled back and lose their connection', {
    timeout: 120_000,
  }, async () => {
    const fate = fc.constantFrom<Fate>('commit', 'commit', 'roll back', 'kill');
    const writers = fc.array(
      fc.array(fc.record({ fate, delayMs: fc.nat(5), events: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8 }),
      {
        minLength: 2,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(writers, async (all) => {
        rounds += 1;
        const from = await stack.log.read.head();
        const done = Promise.all(all.map((works, writer) => inTurn(works, `note-${rounds}-${writer}`)));
        let [last, finished] = [from, false];
        void done.finally(() => {
          finished = true;
        });
        while (!finished || last < (await stack.log.read.head()))
          for await (const { position } of stack.log.read.all({ after: last })) {
            assert.equal(position, last + 1);
            last = position;
          }
        const committed = (await done).reduce((total, events) => total + events, 0);
        assert.equal(last - from, committed);
      }),
      { numRuns: 12 },
    );
  });

  const ignore = () => undefined;
  type Fate = 'commit' | 'roll back' | 'kill';

  /** Appends in transactions of its own, which end as their fate says. Resolves to how many events were committed. */
  async function inTurn(works: { fate: Fate; delayMs: number; events: number }[], name: string): Promise<number> {
    let committed = 0;
    for (const { fate, delayMs, events } of works) {
      const client = await stack.pool.connect();
      client.on('error', ignore);
      const ids = upTo(events).map(() => randomUUIDv7());
      await client.query('begin');
      await client.query(
        `select from log.append(array[$1], '{0}', '{1}', '{null}', array[$2::int], $3, array_fill('Noted'::text, array[$2::int]),
          array_fill('{"text":"x"}'::text, array[$2::int]), array_fill('{"schema":1}'::text, array[$2::int]), array_fill(now(), array[$2::int]))`,
        [name, events, ids],
      );
      await client.query('select pg_sleep($1)', [delayMs / 1000]);
      if (fate === 'kill') {
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        await stack.admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        client.release(true);
      } else {
        await client.query(fate === 'commit' ? 'commit' : 'rollback');
        client.off('error', ignore);
        client.release();
        committed += fate === 'commit' ? events : 0;
      }
    }
    return committed;
  }
});
