import { endpoints } from '@sightline/contracts/http/index';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import { onSession, sessionNow } from './session.ts';

/** Lists are read again every few seconds, so a failed read needs no tries of its own; what was read stays. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: 'always', networkMode: 'always' } },
});
onSession(() => {
  if (sessionNow().status === 'signed-out') queryClient.clear();
});

const listEveryMs = 3_000;
const rarelyMs = 15_000;

/** The cameras that the user may see; read again every few seconds, so that one that is added or retired shows by itself. */
export const useCameras = () =>
  useQuery({
    queryKey: ['cameras'],
    queryFn: ({ signal }) => call(endpoints.listCameras, { query: {}, signal }),
    refetchInterval: listEveryMs,
    select: ({ cameras }) => cameras,
  });

export const useAreas = () =>
  useQuery({
    queryKey: ['areas'],
    queryFn: ({ signal }) => call(endpoints.listAreas, { signal }),
    refetchInterval: rarelyMs,
    select: ({ areas }) => areas,
  });

export const useSites = () =>
  useQuery({
    queryKey: ['sites'],
    queryFn: ({ signal }) => call(endpoints.listSites, { signal }),
    refetchInterval: rarelyMs,
    select: ({ sites }) => sites,
  });

export const useUsers = () =>
  useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => call(endpoints.listUsers, { signal }),
    refetchInterval: rarelyMs,
    select: ({ users }) => users,
  });

/** How many people look at a camera, asked while somebody wants to know; for administrators. */
export const usePeople = (camera: string, enabled: boolean) =>
  useQuery({
    queryKey: ['people', camera],
    queryFn: ({ signal }) => call(endpoints.countPeople, { params: { id: camera }, signal }),
    enabled,
    refetchInterval: listEveryMs,
    select: ({ people }) => people,
  });

/** How the system is; for administrators. */
export const useStatus = () =>
  useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => call(endpoints.getStatus, { signal }),
    refetchInterval: listEveryMs,
  });

/** Reads lists again after a command. */
export const reload = (...names: ('cameras' | 'areas' | 'sites' | 'users')[]) =>
  Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
