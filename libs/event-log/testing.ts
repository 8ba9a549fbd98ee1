import assert from 'node:assert/strict';
import { Refused } from './errors.ts';
import { toRow } from './row.ts';
import type { Decider, EventSchemas } from './types.ts';

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

/**
 * For property tests: carries out commands one after the other, as the log would. A refused one changes nothing; fails when
 * anything else is thrown, an event is one that the log does not take, or the events read anew lead to another state.
 */
export function carryOut<Command, State, Event extends { type: string; data: unknown }>(
  decider: Decider<Command, State, Event>,
  commands: readonly Command[],
  schemas: EventSchemas,
): Event[] {
  const events: Event[] = [];
  let state = decider.initial();
  for (const command of commands) {
    const decided = decideOrRefuse(decider, command, state);
    for (const event of decided) {
      toRow(event, { schemas, upcasters: {} });
      state = decider.evolve(state, event);
    }
    events.push(...decided);
  }
  const read: Event[] = asRead(events);
  assert.deepEqual(asRead(read.reduce(decider.evolve, decider.initial())), asRead(state));
  return events;
}

/** As the log gives it back: what is undefined is missing. */
const asRead = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

function decideOrRefuse<Command, State, Event>(
  decider: Decider<Command, State, Event>,
  command: Command,
  state: State,
) {
  const before = asRead(state);
  try {
    return decider.decide(command, state);
  } catch (error) {
    assert(error instanceof Refused, `Expected events or a refusal, got ${String(error)}`);
    return [];
  } finally {
    assert.deepEqual(asRead(state), before, 'a decider must not change the state');
  }
}
