import type { cameraEvents, EventOf, Marks, Sources } from '@sightline/contracts';
import { type Decider, Refused } from '@sightline/event-log';

export type CameraEvent = EventOf<typeof cameraEvents>;
export type CameraCommand =
  | {
      type: 'RegisterCamera';
      camera: string;
      site: string;
      area: string;
      name: string;
      sources: Sources;
      credentials?: string | undefined;
      enabled: boolean;
    }
  | { type: 'RenameCamera'; name: string }
  | { type: 'MoveCamera'; area: string; site: string }
  | { type: 'ChangeSources'; sources: Sources; credentials?: string | undefined }
  | ({ type: 'SetZones'; was?: Marks | undefined } & Marks)
  | { type: 'EnableCamera' }
  | { type: 'DisableCamera' }
  | { type: 'RetireCamera' };

interface Camera {
  camera: string;
  site: string;
  area: string;
  name: string;
  sources: Sources;
  credentials?: string | undefined;
  enabled: boolean;
  marks: Marks;
}
export type CameraState = { status: 'none' } | ({ status: 'registered' | 'retired' } & Camera);

/** A camera of a site. A retired one is kept for what the log says of it, and never changes again. */
export const camera: Decider<CameraCommand, CameraState, CameraEvent> = {
  initial: () => ({ status: 'none' }),
  decide: (command, state) => {
    if (command.type === 'RegisterCamera') return register(command, state);
    if (state.status === 'none') throw new Refused('not_found', 'There is no such camera.');
    if (state.status === 'retired') throw new Refused('retired', 'The camera is retired and cannot be changed.');
    return change(command, state);
  },
  evolve,
};

function register({ type: _, ...data }: CameraCommand & { type: 'RegisterCamera' }, state: CameraState): CameraEvent[] {
  if (state.status !== 'none') throw new Refused('exists', 'There is a camera of this id already.');
  const { credentials, ...rest } = data;
  return [{ type: 'CameraRegistered', data: { ...rest, ...(credentials ? { credentials } : {}) } }];
}

function change(command: Exclude<CameraCommand, { type: 'RegisterCamera' }>, state: Camera): CameraEvent[] {
  const { camera: id } = state;
  switch (command.type) {
    case 'RenameCamera':
      return command.name === state.name ? [] : [{ type: 'CameraRenamed', data: { camera: id, name: command.name } }];
    case 'MoveCamera':
      return move(command, state);
    case 'ChangeSources':
      return changeSources(command, state);
    case 'SetZones':
      return setZones(command, state);
    case 'EnableCamera':
      return state.enabled ? [] : [{ type: 'CameraEnabled', data: { camera: id } }];
    case 'DisableCamera':
      return state.enabled ? [{ type: 'CameraDisabled', data: { camera: id } }] : [];
    case 'RetireCamera':
      return [{ type: 'CameraRetired', data: { camera: id } }];
  }
}

function move({ area, site }: CameraCommand & { type: 'MoveCamera' }, state: Camera): CameraEvent[] {
  if (site !== state.site) throw new Refused('other_site', 'A camera can be moved only to an area of its own site.');
  return area === state.area ? [] : [{ type: 'CameraMoved', data: { camera: state.camera, area } }];
}

/** Credentials stay when none are given, but only on the same host: a password is never sent to another one. */
function changeSources(command: CameraCommand & { type: 'ChangeSources' }, state: Camera): CameraEvent[] {
  const { sources } = command;
  const sameUrls = sources.main.url === state.sources.main.url && sources.sub?.url === state.sources.sub?.url;
  if (sameUrls && command.credentials === undefined) return [];
  const kept = hostsOf(sources).isSubsetOf(hostsOf(state.sources)) ? state.credentials : undefined;
  const credentials = command.credentials ?? kept;
  return [
    { type: 'CameraSourcesChanged', data: { camera: state.camera, sources, ...(credentials ? { credentials } : {}) } },
  ];
}

function setZones(
  { zones, lines, was }: Marks & { was?: Marks | undefined },
  { camera: id, marks }: Camera,
): CameraEvent[] {
  if (areSame({ zones, lines }, marks)) return [];
  if (was && !areSame(was, marks)) {
    throw new Refused('changed_meanwhile', 'The zones or lines were changed by somebody else in the meantime.');
  }
  return [{ type: 'CameraZonesSet', data: { camera: id, zones, lines } }];
}

const areSame = (one: Marks, other: Marks) =>
  JSON.stringify([one.zones, one.lines]) === JSON.stringify([other.zones, other.lines]);

const hostsOf = ({ main, sub }: Sources) => new Set([main, ...(sub ? [sub] : [])].map(({ url }) => new URL(url).host));

const none: Marks = { zones: [], lines: [] };

function evolve(state: CameraState, event: CameraEvent): CameraState {
  if (event.type === 'CameraRegistered') return { status: 'registered', ...event.data, marks: none };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'CameraRenamed':
      return { ...state, name: event.data.name };
    case 'CameraMoved':
      return { ...state, area: event.data.area };
    case 'CameraSourcesChanged':
      return { ...state, sources: event.data.sources, credentials: event.data.credentials };
    case 'CameraZonesSet':
      return { ...state, marks: { zones: event.data.zones, lines: event.data.lines } };
    case 'CameraEnabled':
      return { ...state, enabled: true };
    case 'CameraDisabled':
      return { ...state, enabled: false };
    case 'CameraRetired':
      return { ...state, status: 'retired' };
  }
}
