import type { SourceName } from '@sightline/contracts/detection';
import { endpoints } from '@sightline/contracts/http/index';
import { call } from '../api/call.ts';
import { ApiError } from '../api/client.ts';
import { MediaDenied, type Picture, RoomSession } from './room-session.ts';
import type { OnTrack } from './wanted-picture.ts';

const sessions = new Map<string, RoomSession>();

interface Place {
  area: string;
  camera: string;
  /** Which of its sources serves best. */
  source: SourceName;
}

/** Asks for a camera's picture out of its area's room. */
export function wantPicture({ area, camera, source }: Place, onTrack: OnTrack): Picture {
  const session = sessions.get(area) ?? openSession(area);
  return session.want(camera, source, onTrack);
}

function openSession(area: string): RoomSession {
  const session = new RoomSession({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`,
    token: () => mediaToken(area),
  });
  sessions.set(area, session);
  return session;
}

/** Whether pictures come from the media server now, whatever else can be reached. */
export const picturesCome = (): boolean => [...sessions.values()].some((session) => session.carries);

async function mediaToken(area: string): Promise<string> {
  try {
    return (await call(endpoints.issueMediaToken, { body: { area } })).token;
  } catch (error) {
    const refused = error instanceof ApiError && [403, 404].includes(error.problem.status);
    throw refused ? new MediaDenied(error.message) : error;
  }
}
