import type { CameraMessage } from '@sightline/contracts';
import type { RemoteTrack } from 'livekit-client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type FrameMeter, meterFrames } from '../../media/frame-meter.ts';
import { wantPicture } from '../../media/rooms.ts';
import { Overlay } from '../../overlay/overlay.ts';
import { type TileState, tileState } from './tile-state.ts';
import { useVisible } from './use-visible.ts';

interface TileOptions {
  camera: string;
  area: string;
  boxes: boolean;
}

export interface TileView {
  frame: RefObject<HTMLElement | null>;
  video: RefObject<HTMLVideoElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  state: TileState;
  /** Pictures a second, as shown lately. */
  framesPerSecond: number;
}

interface Known {
  camera: CameraMessage | undefined;
  denied: boolean;
  hasTrack: boolean;
  expectedSince: number;
}

const lookEveryMs = 500;
const start: TileState = { kind: 'connecting', text: 'Connecting for 0 s', detail: '' };

/** Plays one camera with its boxes while its tile can be seen, and says what the tile is. */
export function useTile({ camera, area, boxes }: TileOptions): TileView {
  const frame = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<Overlay>(undefined);
  const visible = useVisible(frame);
  const [view, setView] = useState({ state: start, framesPerSecond: 0 });

  useEffect(() => {
    if (!visible || !video.current || !canvas.current) return;
    const known: Known = { camera: undefined, denied: false, hasTrack: false, expectedSince: performance.now() };
    const meter = meterFrames(video.current);
    const stopPicture = wantPicture(area, camera, (track) => attach(track, video.current, known));
    overlay.current = new Overlay({
      camera,
      canvas: canvas.current,
      video: video.current,
      onCamera: (message) => Object.assign(known, { camera: message, denied: false }),
      onDenied: () => Object.assign(known, { denied: true }),
    });
    const stopLooking = look(known, meter, setView);
    return () => {
      stopLooking();
      stopPicture();
      overlay.current?.stop();
      meter.stop();
    };
  }, [camera, area, visible]);

  useEffect(() => {
    if (overlay.current) overlay.current.visible = boxes;
  });

  return { frame, video, canvas, ...view };
}

function attach(track: RemoteTrack | undefined, video: HTMLVideoElement | null, known: Known): void {
  if (known.hasTrack && !track) known.expectedSince = performance.now();
  known.hasTrack = track !== undefined;
  if (!video || !track) return;
  track.attach(video);
}

/** Looks twice a second and tells only of what has changed. */
function look(
  known: Known,
  meter: FrameMeter,
  tell: (view: { state: TileState; framesPerSecond: number }) => void,
): () => void {
  let told = '';
  let before = { at: performance.now(), frames: 0 };
  const timer = setInterval(() => {
    const now = performance.now();
    const state = tileState({ ...known, lastFrameAt: meter.lastFrameAt, now, wallClock: Date.now() });
    const framesPerSecond = Math.round((meter.frames - before.frames) / ((now - before.at) / 1000));
    if (now - before.at > 2_000) before = { at: now, frames: meter.frames };
    const text = JSON.stringify([state, framesPerSecond]);
    if (text === told) return;
    told = text;
    tell({ state, framesPerSecond });
  }, lookEveryMs);
  return () => clearInterval(timer);
}
