import { type Decider, execute } from '@sightline/event-log';
import type { Principal } from '@sightline/service';
import type { Deps } from './deps.ts';

interface CommandOptions<Command> {
  stream: string;
  command: Command;
  principal: Principal;
  site?: string | undefined;
}

/** Carries out a command and waits until its outcome can be read back. Returns its log position, 0 when nothing changed. */
export async function carryOut<Command, State, Event extends { type: string; data: unknown }>(
  { log, projections }: Deps,
  decider: Decider<Command, State, Event>,
  { stream, command, principal, site }: CommandOptions<Command>,
): Promise<number> {
  const { position } = await execute(log, decider, {
    stream,
    command,
    metadata: { actor: { kind: 'user', id: principal.user }, ...(site ? { site } : {}) },
  });
  await Promise.all(projections.map((projection) => projection.caughtUp(position)));
  return position;
}
