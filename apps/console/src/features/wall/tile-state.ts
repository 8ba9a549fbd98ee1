import type { CameraMessage } from '@sightline/contracts';
import { duration } from '../../ui/time.ts';

/** What is known of a tile at one moment. Times are of `performance.now()` and `Date.now()` (ms). */
export interface TileInputs {
  /** What the ingress says of the feed; undefined until the gateway has said something. */
  camera: CameraMessage | undefined;
  /** Whether the right to see the camera was refused. */
  denied: boolean;
  /** Whether a track of the camera is attached. */
  hasTrack: boolean;
  /** When the last new picture was shown. */
  lastFrameAt: number | undefined;
  /** When the tile last had reason to expect pictures. */
  expectedSince: number;
  now: number;
  wallClock: number;
}

/** What a tile says. Only `live` may look live. */
export interface TileState {
  kind: 'live' | 'connecting' | 'stalled' | 'offline' | 'denied';
  text: string;
  detail: string;
}

/** A picture older than this never looks live (ms). */
export const staleAfterMs = 2_000;

/** The truth about a tile, from what its own video shows and what the ingress says. */
export function tileState(inputs: TileInputs): TileState {
  const { camera, denied, lastFrameAt, now, wallClock } = inputs;
  if (denied)
    return {
      kind: 'denied',
      text: 'No rights',
      detail: 'You may not see this camera. Ask an administrator for its area.',
    };
  const age = lastFrameAt === undefined ? undefined : now - lastFrameAt;
  if (age !== undefined && age <= staleAfterMs && inputs.hasTrack)
    return { kind: 'live', text: 'Live', detail: camera?.state === 'live' ? camera.reason.text : '' };
  const since = camera ? wallClock - Date.parse(camera.since) : 0;
  switch (camera?.state) {
    case 'unreachable':
    case 'unauthorised':
    case 'unsupported':
    case 'disabled':
      return { kind: 'offline', text: `${words[camera.state]} for ${duration(since)}`, detail: camera.reason.text };
    case 'stalled':
      return { kind: 'stalled', text: `Stalled for ${duration(age ?? since)}`, detail: camera.reason.text };
    default:
      return waiting(inputs, age);
  }
}

const words = {
  unreachable: 'Offline',
  unauthorised: 'Not let in',
  unsupported: 'Not supported',
  disabled: 'Switched off',
} as const;

function waiting({ camera, expectedSince, now }: TileInputs, age: number | undefined): TileState {
  const detail = camera && camera.state !== 'live' ? camera.reason.text : '';
  if (age !== undefined) return { kind: 'stalled', text: `No new picture for ${duration(age)}`, detail };
  return { kind: 'connecting', text: `Connecting for ${duration(now - expectedSince)}`, detail };
}
