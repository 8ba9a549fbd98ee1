import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Way } from '../../media/hold-back.ts';
import type { Shown } from '../../overlay/layer.ts';
import { TileSession, type TileView, unseen } from './tile-session.ts';
import { useVisible } from './use-visible.ts';

interface TileOptions extends Shown {
  camera: string;
  area: string;
  way: Way;
}

/** What a tile is made of, and what it says. */
export interface TileParts {
  frame: RefObject<HTMLElement | null>;
  video: RefObject<HTMLVideoElement | null>;
  /** Stands over the video; the session draws there. */
  overlay: RefObject<HTMLDivElement | null>;
  view: TileView;
}

/** Ties a tile's elements to the session that plays them. */
export function useTile({ camera, area, way, ...shown }: TileOptions): TileParts {
  const { boxes, labels, tracks, hidden, blurred } = shown;
  const frame = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const session = useRef<TileSession>(undefined);
  const [view, onView] = useState(unseen);
  const watched = useVisible(frame);

  useEffect(() => {
    if (!video.current || !overlay.current) return;
    const made = new TileSession({ camera, area, video: video.current, overlay: overlay.current, onView });
    session.current = made;
    return () => made.stop();
  }, [camera, area]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session has to be told too
  useEffect(() => {
    if (!session.current) return;
    session.current.watched = watched;
    session.current.layer.shown = { boxes, labels, tracks, hidden, blurred };
    session.current.way = way;
  }, [watched, boxes, labels, tracks, hidden, blurred, way, camera, area]);

  return { frame, video, overlay, view };
}
