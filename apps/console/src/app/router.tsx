import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { Wall } from '../features/wall/wall.tsx';
import { Gate } from './gate.tsx';

function WallPage() {
  const state = useSession();
  if (state.status !== 'signed-in') return null;
  const { user, role } = state.session;
  return <Wall key={user} user={user} administrator={role === 'administrator'} />;
}

const root = createRootRoute({ component: Gate, notFoundComponent: () => <Navigate to="/" /> });

const wall = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: WallPage,
  validateSearch: (search): { camera?: string } => (typeof search.camera === 'string' ? { camera: search.camera } : {}),
});

const cameras = createRoute({
  getParentRoute: () => root,
  path: '/cameras',
  component: lazyRouteComponent(() => import('../features/cameras/cameras-page.tsx'), 'CamerasPage'),
  validateSearch: (search): { add?: boolean } => (search.add === true ? { add: true } : {}),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
});

/** The pages of the console. */
export const router = createRouter({ routeTree: root.addChildren([wall, cameras, users]), defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
