import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, cameraEvents, completeKey, type DesiredCamera, type DirectoryEntry } from '@sightline/contracts';
import { type Entry, type EventLog, type RecordedEvent, startPublication } from '@sightline/event-log';
import type { Logger } from '@sightline/service';
import { type CameraEvent, type CameraState, camera } from './camera.ts';
import type { Vault } from './vault.ts';

interface PublicationsOptions {
  log: EventLog;
  nats: NatsConnection;
  vault: Vault;
  logger: Logger;
}

const types = Object.keys(cameraEvents);

/** What should run, for the ingress: KV `DESIRED`, with the position up to which it is complete. */
export function publishDesired({ log, nats, vault, logger }: PublicationsOptions) {
  const states = new Map<string, CameraState>();
  return startPublication({
    log,
    nats,
    bucket: buckets.desired,
    types,
    logger,
    apply: async (event) => {
      const state = evolve(states, event);
      if (state.status === 'none') return [];
      return [{ key: `${state.site}.${state.camera}`, value: await desired(state, event.position, vault) }];
    },
    onComplete: async (kv, position) => void (await kv.put(completeKey, JSON.stringify({ position }))),
  });
}

/** Where each camera belongs, for everybody who checks rights: KV `DIRECTORY`. */
export function publishDirectory({ log, nats, logger }: PublicationsOptions) {
  const states = new Map<string, CameraState>();
  return startPublication({
    log,
    nats,
    bucket: buckets.directory,
    types,
    logger,
    apply: (event) => directoryEntries(evolve(states, event), event.position),
  });
}

function evolve(states: Map<string, CameraState>, { stream, type, data }: RecordedEvent): CameraState {
  const state = camera.evolve(states.get(stream) ?? camera.initial(), { type, data } as CameraEvent);
  states.set(stream, state);
  return state;
}

async function desired(
  state: Exclude<CameraState, { status: 'none' }>,
  position: number,
  vault: Vault,
): Promise<DesiredCamera> {
  const { camera: id, site, area, name, sources, enabled } = state;
  if (state.status === 'retired') return { tombstone: true, camera: id, site, position };
  const credentials = state.credentials && (await vault.sealed(state.credentials));
  return {
    tombstone: false,
    camera: id,
    site,
    area,
    name,
    sources,
    enabled,
    position,
    ...(credentials ? { credentials } : {}),
  };
}

function directoryEntries(state: CameraState, position: number): Entry[] {
  if (state.status === 'none') return [];
  const { camera: id, site, area, name, marks } = state;
  const marked = marks.zones.length + marks.lines.length > 0;
  const value: DirectoryEntry = {
    camera: id,
    site,
    area,
    name,
    retired: state.status === 'retired',
    position,
    ...(marked ? { marks } : {}),
  };
  return [{ key: id, value }];
}
