import type { Box } from '@sightline/contracts/detection';
import type { TrackFactView } from '@sightline/contracts/http/tracks';
import { duration } from '../../ui/time.ts';

/** A track that is over. */
export type EndedTrack = Extract<TrackFactView, { type: 'TrackEnded' }>['data'];

export const endedOf = (fact: TrackFactView): EndedTrack[] => (fact.type === 'TrackEnded' ? [fact.data] : []);

/** A stretch that holds both of its ends: capture times are finer than the milliseconds that one can ask for. */
export const margined = (fromUs: number, toUs: number) => ({
  from: new Date(Math.floor(fromUs / 1000)).toISOString(),
  to: new Date(Math.floor(toUs / 1000) + 1).toISOString(),
});

export const dateOf = (us: number): Date => new Date(us / 1000);

/** Where a thing stood: the middle of the lower edge of its box. */
export const footOf = ([left, top, width, height]: Box): [x: number, y: number] => [
  Math.min(1, left + width / 2),
  Math.min(1, top + height),
];

export const thumbnailUrl = ({ camera, track, run }: Pick<EndedTrack, 'camera' | 'track' | 'run'>): string =>
  `/api/tracks/thumbnail?${new URLSearchParams({ camera, track, run })}`;

const reasons = { moved: '', ended: ', where it was last seen', removed: ', which was taken away' } as const;

/** A fact in words, and when it was (µs since 1970). */
export function tell(fact: TrackFactView): { atUs: number; text: string } {
  switch (fact.type) {
    case 'TrackStarted':
      return { atUs: fact.data.fromUs, text: 'First seen' };
    case 'TrackEnded':
      return { atUs: fact.data.toUs, text: `Last seen, after ${duration((fact.data.toUs - fact.data.fromUs) / 1000)}` };
    case 'ZoneEntered':
      return { atUs: fact.data.atUs, text: `Entered ${fact.data.zoneName}` };
    case 'ZoneLeft':
      return { atUs: fact.data.atUs, text: left(fact.data) };
    case 'LineCrossed':
      return { atUs: fact.data.atUs, text: `Crossed ${fact.data.lineName} to the ${fact.data.to}` };
  }
}

type Left = Extract<TrackFactView, { type: 'ZoneLeft' }>['data'];
const left = ({ zoneName, atUs, sinceUs, because }: Left) =>
  `Left ${zoneName}${reasons[because]}, after ${duration((atUs - sinceUs) / 1000)} in it`;
