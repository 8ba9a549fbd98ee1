import { type ComponentType, lazy } from 'react';
import { useSession } from '../api/session.ts';
import { Wall } from '../features/wall/wall.tsx';
import { Administrators } from './administrators.tsx';
import { loadTwice } from './load-twice.ts';

/** A page as `lazy` wants it. `lazy` never tries again by itself: it keeps a failure. */
const page = async (load: () => Promise<ComponentType>) => ({ default: await loadTwice(load) });

const Cameras = lazy(() => page(async () => (await import('../features/cameras/cameras-page.tsx')).CamerasPage));
const Import = lazy(() => page(async () => (await import('../features/import/import-page.tsx')).ImportPage));
const Places = lazy(() => page(async () => (await import('../features/places/places-page.tsx')).PlacesPage));
const Seen = lazy(() => page(async () => (await import('../features/seen/seen-page.tsx')).SeenPage));
const Status = lazy(() => page(async () => (await import('../features/status/status-page.tsx')).StatusPage));
const Users = lazy(() => page(async () => (await import('../features/users/users-page.tsx')).UsersPage));
const Zones = lazy(() => page(async () => (await import('../features/zones/zones-page.tsx')).ZonesPage));

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
