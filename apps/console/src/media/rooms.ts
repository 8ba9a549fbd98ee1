import { endpoints } from '@sightline/contracts';
import { call } from '../api/client.ts';
import { type OnPicture, RoomSession } from './room-session.ts';

const sessions = new Map<string, RoomSession>();

/** Asks for a camera's picture out of its area's room; returns how to stop that. */
export function wantPicture(area: string, camera: string, onPicture: OnPicture): () => void {
  const session = sessions.get(area) ?? openSession(area);
  return session.want(camera, onPicture);
}

function openSession(area: string): RoomSession {
  const session = new RoomSession({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`,
    token: async () => (await call(endpoints.issueMediaToken, { body: { area } })).token,
  });
  sessions.set(area, session);
  return session;
}
