import { endpoints } from '@sightline/contracts';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { ApiError, call } from './client.ts';
import { refresh } from './session.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => error instanceof ApiError && error.unreachable && count < 3,
      refetchOnWindowFocus: true,
    },
  },
});
queryClient.getQueryCache().subscribe(({ query }) => {
  const { error } = query.state;
  if (query.state.status === 'error' && error instanceof ApiError && error.problem.status === 401) void refresh();
});

const listEveryMs = 3_000;

/** The cameras that the user may see; read again every few seconds, so that one that is added or retired shows by itself. */
export const useCameras = () =>
  useQuery({
    queryKey: ['cameras'],
    queryFn: () => call(endpoints.listCameras, { query: {} }),
    refetchInterval: listEveryMs,
    select: ({ cameras }) => cameras,
  });

export const useAreas = () =>
  useQuery({ queryKey: ['areas'], queryFn: () => call(endpoints.listAreas), select: ({ areas }) => areas });

export const useSites = () =>
  useQuery({ queryKey: ['sites'], queryFn: () => call(endpoints.listSites), select: ({ sites }) => sites });

export const useUsers = () =>
  useQuery({ queryKey: ['users'], queryFn: () => call(endpoints.listUsers), select: ({ users }) => users });

/** Reads lists again after a command. */
export const reload = (...names: ('cameras' | 'areas' | 'sites' | 'users')[]) =>
  Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
