import type { EventOf, userEvents } from '@sightline/contracts';
import { type Decider, Refused } from '@sightline/event-log';

type Role = 'viewer' | 'administrator';
export type UserEvent = EventOf<typeof userEvents>;
export type UserCommand =
  | { type: 'RegisterUser'; user: string; name: string; role: Role; areas: string[] }
  | { type: 'Name'; name: string }
  | { type: 'ChangeRights'; role: Role; areas: string[] }
  | { type: 'ChangePassword' }
  | { type: 'Deactivate' }
  | { type: 'Erase' };

type Known = { status: 'active' | 'deactivated' | 'erased'; user: string; role: Role; areas: string[] };
type State = { status: 'none' } | Known;

/** A user of Sightline: what he may do, and until when. The name comes in sealed; the password stands elsewhere. */
export const user: Decider<UserCommand, State, UserEvent> = {
  initial: () => ({ status: 'none' }),
  decide,
  evolve,
};

function decide(command: UserCommand, state: State): UserEvent[] {
  if (command.type === 'RegisterUser') return register(command, state);
  if (state.status === 'none') throw new Refused('not_found', 'There is no such user.');
  if (state.status === 'erased') throw new Refused('erased', 'This person was erased.');
  if (command.type === 'Erase') return [{ type: 'PersonErased', data: { user: state.user } }];
  if (command.type === 'Name') return [{ type: 'UserNamed', data: { user: state.user, name: command.name } }];
  if (state.status === 'deactivated') throw new Refused('deactivated', 'The user is deactivated.');
  switch (command.type) {
    case 'ChangeRights':
      return changeRights(command, state);
    case 'ChangePassword':
      return [{ type: 'UserPasswordChanged', data: { user: state.user } }];
    case 'Deactivate':
      return [{ type: 'UserDeactivated', data: { user: state.user } }];
  }
}

function register({ user: id, name, role, areas }: UserCommand & { type: 'RegisterUser' }, state: State): UserEvent[] {
  if (state.status !== 'none') throw new Refused('exists', 'There is a user of this id already.');
  return [
    { type: 'UserRegistered', data: { user: id, role, areas: normal(areas) } },
    { type: 'UserNamed', data: { user: id, name } },
  ];
}

function changeRights(command: UserCommand & { type: 'ChangeRights' }, state: Known): UserEvent[] {
  const areas = normal(command.areas);
  if (command.role === state.role && areas.join() === state.areas.join()) return [];
  return [{ type: 'UserRightsChanged', data: { user: state.user, role: command.role, areas } }];
}

const normal = (areas: string[]) => [...new Set(areas)].sort();

function evolve(state: State, event: UserEvent): State {
  switch (event.type) {
    case 'UserRegistered':
    case 'UserRightsChanged':
      return { status: 'active', ...event.data };
    case 'UserDeactivated':
      return state.status === 'none' ? state : { ...state, status: 'deactivated' };
    case 'PersonErased':
      return state.status === 'none' ? state : { ...state, status: 'erased' };
    case 'UserNamed':
    case 'UserPasswordChanged':
      return state;
  }
}
