import { lazy } from 'react';
import { useSession } from '../api/session.ts';
import { Wall } from '../features/wall/wall.tsx';
import { Administrators } from './administrators.tsx';

const Cameras = lazy(async () => ({ default: (await import('../features/cameras/cameras-page.tsx')).CamerasPage }));
const Import = lazy(async () => ({ default: (await import('../features/import/import-page.tsx')).ImportPage }));
const Places = lazy(async () => ({ default: (await import('../features/places/places-page.tsx')).PlacesPage }));
const Seen = lazy(async () => ({ default: (await import('../features/seen/seen-page.tsx')).SeenPage }));
const Status = lazy(async () => ({ default: (await import('../features/status/status-page.tsx')).StatusPage }));
const Users = lazy(async () => ({ default: (await import('../features/users/users-page.tsx')).UsersPage }));
const Zones = lazy(async () => ({ default: (await import('../features/zones/zones-page.tsx')).ZonesPage }));

export function WallPage() {
  const state = useSession();
  if (state.status !== 'signed-in') return null;
  const { user, role } = state.session;
  return <Wall key={user} user={user} administrator={role === 'administrator'} />;
}

export const CamerasPage = () => (
  <Administrators>
    <Cameras />
  </Administrators>
);

export const ImportPage = () => (
  <Administrators>
    <Import />
  </Administrators>
);

export const PlacesPage = () => (
  <Administrators>
    <Places />
  </Administrators>
);

/** What a viewer may not see is not found by him. */
export const SeenPage = () => <Seen />;

export const StatusPage = () => (
  <Administrators>
    <Status />
  </Administrators>
);

export const UsersPage = () => (
  <Administrators>
    <Users />
  </Administrators>
);

export const ZonesPage = () => (
  <Administrators>
    <Zones />
  </Administrators>
);
