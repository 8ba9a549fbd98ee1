import { ObjectClass } from '@sightline/contracts/detection';
import type { TrackFactQuery } from '@sightline/contracts/http/tracks';
import { z } from 'zod';

/** How far back is looked, by name (ms); `all` is as far as is kept. */
export const spans = {
  hour: { name: 'Last hour', ms: 3_600_000 },
  day: { name: 'Last 24 hours', ms: 86_400_000 },
  week: { name: 'Last 7 days', ms: 604_800_000 },
  all: { name: 'All that is kept', ms: Number.POSITIVE_INFINITY },
  between: { name: 'Between two times', ms: Number.POSITIVE_INFINITY },
} as const;

const Text = z.string().max(100).optional().catch(undefined);

/** What is asked for, as it stands in the page's address; what is no good there is left out. `from` and `to` are local times. */
export const SeenSearch = z.object({
  camera: Text,
  class: Text,
  track: Text,
  score: z.number().min(0).max(100).optional().catch(undefined),
  span: z.enum(['hour', 'day', 'week', 'all', 'between']).optional().catch(undefined),
  from: Text,
  to: Text,
});
export type SeenSearch = z.infer<typeof SeenSearch>;

/** The question that a search means at `now` (ms since 1970): tracks that are over, of which the surest sighting is known. */
export function queryOf(search: SeenSearch, now: number): Partial<TrackFactQuery> {
  const { camera, class: kind, track, score, span = 'day', from, to } = search;
  const since = now - spans[span].ms;
  const between = span === 'between';
  return {
    type: 'TrackEnded',
    ...(camera ? { camera } : {}),
    ...(kind ? { class: kind } : {}),
    ...(track ? { track } : {}),
    ...(score ? { minScore: score / 100 } : {}),
    ...(Number.isFinite(since) ? { from: new Date(since).toISOString() } : {}),
    ...(between && isTime(from) ? { from: new Date(from).toISOString() } : {}),
    ...(between && isTime(to) ? { to: new Date(to).toISOString() } : {}),
  };
}

/** What is wrong with a search, by field: what was expected, what came. */
export function problemsOf({ class: kind, span, from, to }: SeenSearch): { class?: string; to?: string } {
  const badClass = kind !== undefined && !ObjectClass.safeParse(kind).success;
  const backwards = span === 'between' && isTime(from) && isTime(to) && Date.parse(from) >= Date.parse(to);
  return {
    ...(badClass ? { class: `Expected a class in lower case such as person, got ${kind}.` } : {}),
    ...(backwards ? { to: 'Expected a time after the one from which is looked.' } : {}),
  };
}

const isTime = (text: string | undefined): text is string => text !== undefined && !Number.isNaN(Date.parse(text));
