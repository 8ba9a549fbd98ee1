import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TileInputs, type TileState, tileState } from './tile-state.ts';

const feed = (state: NonNullable<TileInputs['feed']>['state'], forMs = 65_000) => ({
  state,
  reason: `${state} as the site sees it.`,
  forMs,
});
const room = { room: 'connected', published: true, subscribed: true } as const;
const playing: TileInputs = {
  feed: feed('live'),
  heard: true,
  denied: false,
  picture: room,
  lastFrameAt: 59_900,
  lagMs: 120,
  sameForMs: 900,
  watchedSince: 0,
  now: 60_000,
};
const never = { lastFrameAt: undefined };

const cases: [statement: string, inputs: Partial<TileInputs>, kind: TileState['kind'], text: string, detail: string][] =
  [
    ['pictures that come are live', {}, 'live', 'Live', 'live as the site sees it.'],
    ['a plain reason is not repeated', { feed: { ...feed('live'), reason: 'Live.' } }, 'live', 'Live', ''],
    ['pictures that come are live though nobody says so', { feed: undefined }, 'live', 'Live', ''],
    ['pictures go on without the gateway', { heard: false }, 'live', 'Live', 'No boxes now: reconnecting.'],
    ['pictures go on for who was denied boxes', { denied: true }, 'live', 'Live', 'live as the site sees it.'],
    [
      'pictures that come five seconds late are not live',
      { lagMs: 5_100 },
      'lagging',
      'Late: 5 s old',
      'Something between the camera and the site holds its pictures back.',
    ],
    [
      'the same picture over and over is not live',
      { sameForMs: 12_000 },
      'frozen',
      'Same picture for 12 s',
      'The camera sends, and nothing in its picture changes: its encoder may hang.',
    ],
    [
      'pictures that were late and have stopped are stalled',
      { lagMs: 5_100, lastFrameAt: 52_000 },
      'stalled',
      'Stalled for 8 s',
      'The stream is there; its next picture has not come.',
    ],
    [
      'a picture of three seconds ago is not live, whatever the ingress says',
      { lastFrameAt: 57_000 },
      'stalled',
      'Stalled for 3 s',
      'The stream is there; its next picture has not come.',
    ],
    [
      'a picture without its stream is not live',
      { picture: { ...room, published: false, subscribed: false } },
      'stalled',
      'Stalled for 1 s',
      'The media server does not have the stream yet.',
    ],
    [
      'a stalled feed says why',
      { feed: feed('stalled', 7_000), lastFrameAt: 52_000 },
      'stalled',
      'Stalled for 8 s',
      'stalled as the site sees it.',
    ],
    [
      'a feed that was stalled before anybody looked says since when',
      { ...never, feed: feed('stalled', 7_000) },
      'stalled',
      'Stalled for 7 s',
      'stalled as the site sees it.',
    ],
    [
      'time in which nobody looked is not stalled time',
      { lastFrameAt: 10_000, watchedSince: 56_000 },
      'stalled',
      'Stalled for 4 s',
      'The stream is there; its next picture has not come.',
    ],
    [
      'a media server that is gone is named',
      { lastFrameAt: 50_000, picture: { room: 'unreachable', published: false, subscribed: false } },
      'stalled',
      'Stalled for 10 s',
      'The media server cannot be reached. Trying again.',
    ],
    ['a tile that has just come connects', { ...never, watchedSince: 59_500 }, 'connecting', 'Connecting', ''],
    [
      'before the first picture it connects, and says what for',
      { ...never, feed: feed('connecting'), watchedSince: 50_000 },
      'connecting',
      'Connecting for 10 s',
      'connecting as the site sees it.',
    ],
    [
      'an unreachable camera is offline since then',
      { ...never, feed: feed('unreachable') },
      'offline',
      'Offline for 1 min 5 s',
      'unreachable as the site sees it.',
    ],
    [
      'a wrong password is said',
      { ...never, feed: feed('unauthorised') },
      'offline',
      'Not let in for 1 min 5 s',
      'unauthorised as the site sees it.',
    ],
    [
      'a stream that cannot be carried is said',
      { ...never, feed: feed('unsupported') },
      'offline',
      'Not supported for 1 min 5 s',
      'unsupported as the site sees it.',
    ],
    [
      'an old picture of a camera that is gone is offline',
      { lastFrameAt: 1_000, feed: feed('unreachable') },
      'offline',
      'Offline for 1 min 5 s',
      'unreachable as the site sees it.',
    ],
    [
      'what was heard before the gateway went is marked as such',
      { ...never, feed: feed('unreachable'), heard: false },
      'offline',
      'Offline for 1 min 5 s',
      'unreachable as the site sees it. This was last heard; reconnecting.',
    ],
    [
      'a camera that is switched off says so',
      { ...never, feed: feed('disabled') },
      'offline',
      'Switched off',
      'disabled as the site sees it.',
    ],
    [
      'no rights come before what the site says',
      { ...never, denied: true, feed: feed('unreachable') },
      'denied',
      'No rights',
      'You may not see this camera. Ask an administrator for its area.',
    ],
    [
      'a room that is refused is no rights',
      { ...never, picture: { room: 'denied', published: false, subscribed: false } },
      'denied',
      'No rights',
      'You may not see this camera. Ask an administrator for its area.',
    ],
  ];

for (const [statement, inputs, kind, text, detail] of cases) {
  test(statement, () => assert.deepEqual(tileState({ ...playing, ...inputs }), { kind, text, detail }));
}
