import type { CameraMessage } from '@sightline/contracts/overlay';
import type { PictureStatus } from '../../media/room-session.ts';
import { duration } from '../../ui/time.ts';
import { feedWords } from '../cameras/feed-words.ts';

/** What is known of a tile at one moment. Times are of `performance.now()` (ms), of which `now` is the present. */
export interface TileInputs {
  /** What the ingress says of the feed, and for how long (ms); undefined until the gateway has said something. */
  feed: { state: CameraMessage['state']; reason: string; forMs: number } | undefined;
  /** Whether the gateway can be heard; what it said before may be out of date when not. */
  heard: boolean;
  /** Whether the right to the camera was refused. */
  denied: boolean;
  picture: PictureStatus;
  /** When the last new picture was shown; undefined before the first. */
  lastFrameAt: number | undefined;
  /** How old the picture shown is at least, beside its having come just now (ms). */
  lagMs: number;
  /** For how long the same picture has come over and over (ms). */
  sameForMs: number;
  /** Since when somebody watches: before that, no picture was expected. */
  watchedSince: number;
  now: number;
}

/** What a tile says: one kind, one line, and why. Only `live` may look live. */
export interface TileState {
  kind: 'live' | 'lagging' | 'frozen' | 'connecting' | 'stalled' | 'offline' | 'denied' | 'paused';
  text: string;
  detail: string;
}

/** A picture older than this never looks live (ms). */
export const staleAfterMs = 2_000;

/** What a tile says while nobody watches it: nothing is known of it then, and its last picture is not live. */
export const paused: TileState = {
  kind: 'paused',
  text: 'Paused',
  detail: 'Out of sight; it goes on when it is seen.',
};

/** The truth about a tile, from what its own video shows and what the ingress says. */
export function tileState(inputs: TileInputs): TileState {
  const { feed, denied, picture, lastFrameAt, now } = inputs;
  const fresh = lastFrameAt !== undefined && now - lastFrameAt <= staleAfterMs;
  if (fresh && picture.subscribed) return moving(inputs);
  if (denied || picture.room === 'denied') {
    return {
      kind: 'denied',
      text: 'No rights',
      detail: 'You may not see this camera. Ask an administrator for its area.',
    };
  }
  switch (feed?.state) {
    case 'disabled':
      return { kind: 'offline', text: feedWords.disabled, detail: lastHeard(inputs) };
    case 'unreachable':
    case 'unauthorised':
    case 'unsupported': {
      const text = `${feedWords[feed.state]} for ${duration(feed.forMs)}`;
      return { kind: 'offline', text, detail: lastHeard(inputs) };
    }
    default:
      return waiting(inputs);
  }
}

/** Pictures come: now, late, or always the same one. */
function moving(inputs: TileInputs): TileState {
  const { lagMs, sameForMs } = inputs;
  if (lagMs > staleAfterMs) {
    const text = `Late: ${duration(lagMs)} old`;
    return { kind: 'lagging', text, detail: 'Something between the camera and the site holds its pictures back.' };
  }
  if (sameForMs > staleAfterMs) {
    const detail = 'The camera sends, and nothing in its picture changes: its encoder may hang.';
    return { kind: 'frozen', text: `Same picture for ${duration(sameForMs)}`, detail };
  }
  return { kind: 'live', text: 'Live', detail: liveDetail(inputs) };
}

/** Nothing is wrong with the camera as far as anybody knows, and yet no picture comes. */
function waiting(inputs: TileInputs): TileState {
  const { feed, lastFrameAt, watchedSince, now } = inputs;
  if (lastFrameAt !== undefined) {
    const forMs = Math.max(1_000, now - Math.max(lastFrameAt, watchedSince));
    return { kind: 'stalled', text: `Stalled for ${duration(forMs)}`, detail: cause(inputs) };
  }
  if (feed?.state === 'stalled') {
    return { kind: 'stalled', text: `Stalled for ${duration(feed.forMs)}`, detail: lastHeard(inputs) };
  }
  const forMs = now - watchedSince;
  const text = forMs < 3_000 ? 'Connecting' : `Connecting for ${duration(forMs)}`;
  return { kind: 'connecting', text, detail: forMs < 1_000 ? '' : cause(inputs) };
}

/** The first thing on the way from the camera to the screen that is not as it should be. */
function cause(inputs: TileInputs): string {
  const { feed, picture } = inputs;
  if (picture.room === 'unreachable' || picture.room === 'interrupted') {
    return 'The media server cannot be reached. Trying again.';
  }
  if (picture.room === 'connecting') return 'Connecting to the media server.';
  if (feed && feed.state !== 'live') return lastHeard(inputs);
  if (!picture.published) return 'The media server does not have the stream yet.';
  return picture.subscribed ? 'The stream is there; its next picture has not come.' : 'Asking for the stream.';
}

function lastHeard({ feed, heard }: TileInputs): string {
  if (!feed) return '';
  return heard ? feed.reason : `${feed.reason} This was last heard; reconnecting.`;
}

function liveDetail({ feed, heard }: TileInputs): string {
  if (!heard) return 'No boxes now: reconnecting.';
  return feed?.state === 'live' && feed.reason !== 'Live.' ? feed.reason : '';
}
