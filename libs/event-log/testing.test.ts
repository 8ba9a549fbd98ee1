import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Refused } from './errors.ts';
import { carryOut, given } from './testing.ts';
import type { Decider } from './types.ts';

const door: Decider<'open' | 'close', 'open' | 'closed', 'opened' | 'closed'> = {
  initial: () => 'closed',
  decide: (command, state) => {
    if (command === 'open' && state === 'open') throw new Refused('open', 'The door is open.');
    return command === 'open' ? ['opened'] : [];
  },
  evolve: (_, event) => (event === 'opened' ? 'open' : 'closed'),
};

test('events, a command and what follows can be stated in one line', () => {
  given(door, []).when('open').then('opened');
  given(door, []).when('close').then();
  given(door, ['opened']).when('open').thenRefused('open');
  given(door, ['opened', 'closed']).when('open').then('opened');
});

test('what does not follow fails', () => {
  assert.throws(() => given(door, []).when('open').then(), assert.AssertionError);
  assert.throws(() => given(door, []).when('open').thenRefused('open'), assert.AssertionError);
  assert.throws(() => given(door, ['opened']).when('open').thenRefused('other'));
});

test('commands are carried out one after the other, and a decider that breaks the rules is found', () => {
  const schemas = { Added: z.object({ n: z.int() }) };
  const sum: Decider<number, { total: number }, { type: string; data: { n?: number } }> = {
    initial: () => ({ total: 0 }),
    decide: (n) => {
      if (n < 0) throw new Refused('negative', 'No.');
      return [{ type: 'Added', data: { n } }];
    },
    evolve: ({ total }, { data }) => ({ total: total + (data.n ?? 0) }),
  };
  assert.equal(carryOut(sum, [1, -1, 2], schemas).length, 2);
  const wrong: Partial<typeof sum>[] = [
    { decide: () => [{ type: 'Added', data: {} }] },
    { decide: () => [{ type: 'Other', data: { n: 1 } }] },
    { decide: (n, state) => [{ type: 'Added', data: Object.assign(state, { total: 1, n }) }] },
    { decide: () => assert.fail('no refusal') },
  ];
  for (const part of wrong) assert.throws(() => carryOut({ ...sum, ...part }, [1], schemas));
});
