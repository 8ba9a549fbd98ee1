import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { SeenSearch } from '../features/seen/seen-query.ts';
import { Gate } from './gate.tsx';
import { PageFailed } from './page-failed.tsx';
import { CamerasPage, ImportPage, PlacesPage, SeenPage, StatusPage, UsersPage, WallPage, ZonesPage } from './pages.tsx';

const root = createRootRoute({ component: Gate, notFoundComponent: () => <Navigate to="/" /> });
const getParentRoute = () => root;

const wall = createRoute({
  getParentRoute,
  path: '/',
  component: WallPage,
  validateSearch: (search): { camera?: string } => (typeof search.camera === 'string' ? { camera: search.camera } : {}),
});

const cameras = createRoute({
  getParentRoute,
  path: '/cameras',
  component: CamerasPage,
  validateSearch: (search): { add?: boolean } => (search.add === true ? { add: true } : {}),
});

const zones = createRoute({ getParentRoute, path: '/cameras/$camera/zones', component: ZonesPage });
const seen = createRoute({
  getParentRoute,
  path: '/seen',
  component: SeenPage,
  validateSearch: (search): SeenSearch => SeenSearch.parse(search),
});
const importing = createRoute({ getParentRoute, path: '/import', component: ImportPage });
const places = createRoute({ getParentRoute, path: '/places', component: PlacesPage });
const status = createRoute({ getParentRoute, path: '/status', component: StatusPage });
const users = createRoute({ getParentRoute, path: '/users', component: UsersPage });

/** The pages of the console. */
export const router = createRouter({
  routeTree: root.addChildren([wall, seen, cameras, zones, importing, places, users, status]),
  defaultErrorComponent: PageFailed,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
