import { QueryClientProvider } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, Navigate, RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '../api/queries.ts';
import { refresh, useSession } from '../api/session.ts';
import { CamerasPage } from '../features/cameras/cameras-page.tsx';
import { ChoosePassword, SignIn } from '../features/sign-in/sign-in.tsx';
import { UsersPage } from '../features/users/users-page.tsx';
import { Wall } from '../features/wall/wall.tsx';
import { Shell } from './shell.tsx';

function Root() {
  const state = useSession();
  if (state.status === 'unknown') return <p className="p-6 text-quiet">Looking for your session …</p>;
  if (state.status === 'signed-out') return <SignIn />;
  return state.session.mustChangePassword ? (
    <ChoosePassword username={state.session.username} />
  ) : (
    <Shell session={state.session} />
  );
}

function WallPage() {
  const state = useSession();
  return <Wall administrator={state.status === 'signed-in' && state.session.role === 'administrator'} />;
}

const root = createRootRoute({ component: Root, notFoundComponent: () => <Navigate to="/" /> });
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: WallPage }),
  createRoute({ getParentRoute: () => root, path: '/cameras', component: CamerasPage }),
  createRoute({ getParentRoute: () => root, path: '/users', component: UsersPage }),
];
const router = createRouter({ routeTree: root.addChildren(routes) });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

export function App() {
  useEffect(() => void refresh(), []);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
