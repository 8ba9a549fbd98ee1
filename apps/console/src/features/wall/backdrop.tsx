import type { CameraView } from '@sightline/contracts/http/cameras';
import type { ReactNode } from 'react';
import { usePreferences } from './preferences.ts';
import { useTile } from './use-tile.ts';

interface BackdropProps {
  camera: CameraView;
  /** Whose wishes of what is to be blurred count. */
  user: string;
  /** What lies over the picture, given how wide it is for its height. */
  children: (aspect: number) => ReactNode;
}

const usualSize = '16×9';

/** A camera's picture of now without boxes, in its own shape, to draw on; where there is none, a plain frame that says why. */
export function Backdrop({ camera, user, children }: BackdropProps) {
  const [{ hidden, blurred }] = usePreferences(user);
  const { frame, video, overlay, view } = useTile({
    camera: camera.id,
    area: camera.area,
    boxes: false,
    labels: false,
    tracks: false,
    hidden,
    blurred,
    way: 'live',
  });
  const [width = 16, height = 9] = (view.size || usualSize).split('×').map(Number);
  const live = view.state.kind === 'live';
  return (
    <figure
      ref={frame}
      aria-label={`Picture of ${camera.name}`}
      data-state={view.state.kind}
      className="grid gap-1 self-start"
    >
      <div className="relative bg-picture" style={{ aspectRatio: width / height }}>
        <div className={`absolute inset-0 ${live || blurred.length === 0 ? '' : 'invisible'}`}>
          <video
            ref={video}
            tabIndex={-1}
            className={`absolute inset-0 size-full ${live ? '' : 'opacity-40 grayscale'}`}
            autoPlay
            muted
            playsInline
            disablePictureInPicture
          />
          <div ref={overlay} className="pointer-events-none absolute inset-0 size-full" />
        </div>
        {!live && <div className="not-live pointer-events-none absolute inset-0" />}
        {children(width / height)}
      </div>
      <figcaption className="min-h-5 text-quiet text-xs">
        {live
          ? ['The picture is of now.', blurred.length > 0 && view.inTime].filter(Boolean).join(' ')
          : `No picture of now: ${view.state.text}. ${view.state.detail}`}
      </figcaption>
    </figure>
  );
}
