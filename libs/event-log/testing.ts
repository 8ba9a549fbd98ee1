import assert from 'node:assert/strict';
import { Refused } from './errors.ts';
import type { Decider } from './types.ts';

/** Tests of deciders: `given(decider, events).when(command).then(events)`, or `.thenRefused(code)`. */
export function given<Command, State, Event>(decider: Decider<Command, State, Event>, events: Event[]) {
  const state = events.reduce(decider.evolve, decider.initial());
  return {
    when: (command: Command) => ({
      then: (...expected: Event[]) => assert.deepEqual(decider.decide(command, state), expected),
      thenRefused: (code: string) =>
        assert.throws(
          () => decider.decide(command, state),
          (error) => error instanceof Refused && error.code === code,
          `expected a refusal with code ${code}`,
        ),
    }),
  };
}
