import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused } from './errors.ts';
import { given } from './testing.ts';
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
