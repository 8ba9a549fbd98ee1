import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Conflict, type Decider, type EventLog, execute, load, Refused } from '@sightline/event-log';
import { type LogStack, startLog, take, upTo } from './stack.ts';

interface Counted {
  type: 'Counted';
  data: { n: number };
}

const counter: Decider<'count' | 'nothing' | 'too much', number, Counted> = {
  initial: () => 0,
  decide: (command, n) => {
    if (command === 'too much') throw new Refused('too_much', 'It is enough.');
    return command === 'count' ? [{ type: 'Counted', data: { n: n + 1 } }] : [];
  },
  evolve: (_, { data }) => data.n,
};

describe('execute', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('decides anew when somebody else appended in between, so that no count is lost', async () => {
    const logs = upTo(4).map(() => stack.open().log);
    const command = { stream: 'meter-busy', command: 'count' as const, metadata: {}, retries: 100 };
    await Promise.all(logs.flatMap((log) => upTo(5).map(() => execute(log, counter, command))));
    assert.deepEqual(await load(stack.log, counter, 'meter-busy'), { state: 20, streamPosition: 20 });
    const events = await take(stack.log.read.stream('meter-busy'));
    assert.deepEqual(
      events.map(({ data }) => data),
      upTo(20).map((n) => ({ n })),
    );
  });

  test('gives a conflict after its last try', async () => {
    let tries = 0;
    const overtaken: EventLog = {
      ...stack.log,
      append: async (stream, expected, events) => {
        tries += 1;
        await stack.log.append(stream, 'any', [{ type: 'Counted', data: { n: 0 } }]);
        return stack.log.append(stream, expected, events);
      },
    };
    const command = { stream: 'meter-few', command: 'count' as const, metadata: {}, retries: 2 };
    await assert.rejects(execute(overtaken, counter, command), Conflict);
    assert.equal(tries, 3);
  });

  test('appends nothing when nothing was decided or the command was refused', async () => {
    const head = await stack.log.read.head();
    const command = { stream: 'meter-still', metadata: {} };
    const executed = await execute(stack.log, counter, { ...command, command: 'nothing' });
    assert.deepEqual(executed, { state: 0, streamPosition: 0, position: 0 });
    await assert.rejects(execute(stack.log, counter, { ...command, command: 'too much' }), Refused);
    assert.equal(await stack.log.read.head(), head);
  });

  test('keeps the metadata of the command on its events', async () => {
    const metadata = { site: 'north', actor: { kind: 'user' as const, id: 'ann' }, correlation: 'request-1' };
    await execute(stack.log, counter, { stream: 'meter-meta', command: 'count', metadata });
    const [event] = await take(stack.log.read.stream('meter-meta'));
    assert.deepEqual(event?.metadata, { schema: 1, ...metadata });
  });
});
