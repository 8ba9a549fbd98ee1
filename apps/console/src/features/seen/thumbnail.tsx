import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { type EndedTrack, thumbnailUrl } from './track-view.ts';

/** The best moment of a track, or that there is none. */
export function Thumbnail({ of, className }: { of: EndedTrack; className: string }) {
  const [missing, setMissing] = useState(false);
  return (
    <span className={`grid shrink-0 place-content-center overflow-hidden rounded-(--radius) bg-picture ${className}`}>
      {missing ? (
        <span title="No picture is kept of it." className="text-on-picture-quiet">
          <ImageOff size={18} aria-hidden="true" />
          <span className="sr-only">No picture</span>
        </span>
      ) : (
        <img
          src={thumbnailUrl(of)}
          alt={`The ${of.class} at its best moment`}
          loading="lazy"
          className={`object-contain ${className}`}
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
}
