import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CameraMessage } from '@sightline/contracts';
import { type TileInputs, type TileState, tileState } from './tile-state.ts';

const camera = (state: CameraMessage['state'], text = state as string): CameraMessage => ({
  type: 'camera',
  camera: 'cam7',
  state,
  reason: { code: state, text },
  since: new Date(0).toISOString(),
});
const playing: TileInputs = {
  camera: camera('live'),
  denied: false,
  hasTrack: true,
  lastFrameAt: 9_900,
  expectedSince: 0,
  now: 10_000,
  wallClock: 65_000,
};

const cases: [string, Partial<TileInputs>, TileState['kind'], string][] = [
  ['pictures that come are live', {}, 'live', 'Live'],
  ['pictures that come are live even while the ingress is silent', { camera: camera('unknown') }, 'live', 'Live'],
  [
    'a picture of three seconds ago is not live, whatever the ingress says',
    { lastFrameAt: 7_000 },
    'stalled',
    'No new picture for 3 s',
  ],
  ['a picture without a track is not live', { hasTrack: false }, 'stalled', 'No new picture for 0 s'],
  ['a stalled feed says for how long', { camera: camera('stalled'), lastFrameAt: 2_000 }, 'stalled', 'Stalled for 8 s'],
  [
    'before the first picture it connects',
    { lastFrameAt: undefined, camera: undefined },
    'connecting',
    'Connecting for 10 s',
  ],
  [
    'an unreachable camera is offline since then',
    { lastFrameAt: undefined, camera: camera('unreachable') },
    'offline',
    'Offline for 1 min 5 s',
  ],
  [
    'a wrong password is said',
    { lastFrameAt: undefined, camera: camera('unauthorised') },
    'offline',
    'Not let in for 1 min 5 s',
  ],
  [
    'an old picture of a camera that is gone is offline',
    { lastFrameAt: 1_000, camera: camera('unreachable') },
    'offline',
    'Offline for 1 min 5 s',
  ],
  [
    'a camera that is switched off says so',
    { lastFrameAt: undefined, camera: camera('disabled') },
    'offline',
    'Switched off for 1 min 5 s',
  ],
  ['no rights come before everything else', { denied: true }, 'denied', 'No rights'],
];

for (const [name, inputs, kind, text] of cases) {
  test(name, () => {
    const state = tileState({ ...playing, ...inputs });
    assert.deepEqual([state.kind, state.text], [kind, text]);
  });
}
