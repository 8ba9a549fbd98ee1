import type { CameraView } from '@sightline/contracts/http/cameras';
import type { SeenObject } from '@sightline/contracts/http/detections';
import { useSession } from '../../api/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Read } from '../../ui/read.tsx';
import { moment, timeOfDay } from '../../ui/time.ts';
import { Backdrop } from '../wall/backdrop.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { dateOf, type EndedTrack, footOf, tell } from './track-view.ts';
import { useFacts, usePath } from './use-seen.ts';

interface TrackDialogProps {
  track: EndedTrack;
  /** Not there where it is retired: its path stands on a plain frame then. */
  camera: CameraView | undefined;
  onClose: () => void;
}

/** One track: how it looked, where it went, and what the log tells of it. */
export function TrackDialog({ track, camera, onClose }: TrackDialogProps) {
  const path = usePath(track);
  const facts = useFacts(track);
  const session = useSession();
  const drawn = <Path path={path.data ?? []} />;
  return (
    <Dialog
      title={`${track.class} at ${camera?.name ?? track.camera}`}
      description={`${moment(dateOf(track.fromUs))} · score ${Math.round(track.best.score * 100)} % at its surest · track ${track.track}`}
      open
      onClose={onClose}
    >
      <Thumbnail of={track} className="h-40 w-full" />
      {camera && session.status === 'signed-in' ? (
        <Backdrop camera={camera} user={session.session.user}>
          {() => drawn}
        </Backdrop>
      ) : (
        <div className="not-live relative aspect-video">{drawn}</div>
      )}
      <PathText path={path.data} error={path.error} />
      <Read what="facts" query={facts} />
      <ol className="grid gap-1">
        {facts.data?.map((fact) => {
          const { atUs, text } = tell(fact);
          return (
            <li key={fact.position} className="flex gap-3">
              <time className="shrink-0 text-quiet" title={moment(dateOf(atUs))} dateTime={dateOf(atUs).toISOString()}>
                {timeOfDay(dateOf(atUs))}
              </time>
              <span className="min-w-0 break-words">{text}</span>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}

function PathText({ path, error }: { path: readonly SeenObject[] | undefined; error: Error | null }) {
  if (error) return <p className="text-look">Its path cannot be read now. {error.message}</p>;
  if (!path) return <p className="text-quiet">Reading its path …</p>;
  if (path.length === 0) return <p className="text-quiet">Its path is no longer kept.</p>;
  return <p className="text-quiet text-xs">The ring is where it was first seen, the dot where it was last.</p>;
}

/** The way of its foot, light on dark, so that it shows on any picture. */
function Path({ path }: { path: readonly SeenObject[] }) {
  const points = path.map(({ box }) => footOf(box));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const line = points.map(([x, y]) => `${x * 100},${y * 100}`).join(' ');
  const place = ([x, y]: readonly [number, number]) => ({ left: `${x * 100}%`, top: `${y * 100}%` });
  return (
    <div aria-hidden="true" data-testid="path" className="pointer-events-none absolute inset-0">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full fill-none [&_*]:[vector-effect:non-scaling-stroke]"
      >
        <polyline points={line} stroke="#000" strokeOpacity="0.6" strokeWidth="5" />
        <polyline points={line} stroke="#6cb6ff" strokeWidth="2.5" />
      </svg>
      <span
        className="absolute size-3 -translate-1/2 rounded-full border-2 border-[#6cb6ff] bg-black"
        style={place(first)}
      />
      <span
        className="absolute size-3 -translate-1/2 rounded-full border border-black bg-[#6cb6ff]"
        style={place(last)}
      />
    </div>
  );
}
