import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type LogStack, noted, startLog, take, until, upTo } from './stack.ts';

describe('when Postgres is killed', () => {
  let stack: LogStack;
  before(async () => {
    stack = await startLog();
  });
  after(() => stack[Symbol.asyncDispose]());

  test('what was acknowledged is there, once, and the rest can be sent again', { timeout: 90_000 }, async () => {
    const acknowledged = new Map<string, number>();
    const sent: string[] = [];
    let killed = false;
    const writers = upTo(16).map(async (writer) => {
      for (let n = 0; n < 150; n += 1) {
        const id = randomUUIDv7();
        sent.push(id);
        if (n === 50 && writer === 1) {
          killed = true;
          stack.stack.child('postgres').kill('SIGKILL');
        }
        await until('an append holds', () => attempt(writer, id), 60_000);
      }
    });
    async function attempt(writer: number, id: string): Promise<boolean> {
      try {
        const { position } = await stack.log.append(`note-${writer}`, 'any', [noted('x', id)]);
        acknowledged.set(id, position);
        return true;
      } catch {
        return false;
      }
    }
    await Promise.all(writers);
    assert(killed);
    const events = await take(stack.log.read.all());
    assert.deepEqual(
      events.map(({ position }) => position),
      upTo(sent.length),
    );
    assert.deepEqual(
      new Map(events.map(({ id, position }) => [id, position])),
      new Map([...acknowledged].sort((a, b) => a[1] - b[1])),
    );
  });
});
