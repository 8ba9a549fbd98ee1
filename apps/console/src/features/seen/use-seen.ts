import { endpoints } from '@sightline/contracts/http/index';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { queryOf, type SeenSearch } from './seen-query.ts';
import { type EndedTrack, endedOf, margined } from './track-view.ts';

const pageSize = 50;

/** What was seen, newest first, page by page; what was found before stays while something else is looked for. */
export const useSeen = (search: SeenSearch, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['seen', search],
    queryFn: ({ signal, pageParam }) => {
      const page = { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) };
      return call(endpoints.searchTrackFacts, { query: { ...queryOf(search, Date.now()), ...page }, signal });
    },
    placeholderData: keepPreviousData,
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled,
    refetchOnWindowFocus: false,
    select: ({ pages }) => pages.flatMap(({ facts }) => facts.flatMap(endedOf)),
  });

/** Where a track went, as far as its boxes are still kept. */
export const usePath = ({ camera, track, run, fromUs, toUs }: EndedTrack) =>
  useQuery({
    queryKey: ['path', camera, run, track, fromUs],
    queryFn: ({ signal }) =>
      call(endpoints.trackPath, { query: { camera, track, run, ...margined(fromUs, toUs), limit: 10_000 }, signal }),
    refetchOnWindowFocus: false,
    select: ({ path }) => path,
  });

/** What the log tells of a track, oldest first. */
export const useFacts = ({ id, camera, track, fromUs, toUs }: EndedTrack) =>
  useQuery({
    queryKey: ['facts', id],
    queryFn: ({ signal }) =>
      call(endpoints.searchTrackFacts, { query: { camera, track, ...margined(fromUs, toUs), limit: 1_000 }, signal }),
    refetchOnWindowFocus: false,
    select: ({ facts }) => facts.filter(({ data }) => data.id === id).reverse(),
  });
