import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { type EndedTrack, thumbnailUrl } from './track-view.ts';
import { type Missing, whyMissing } from './why-missing.ts';

const words: Record<Missing, { title: string; short: string }> = {
  none: { title: 'No picture is kept of it.', short: 'No picture' },
  unread: { title: 'Its picture cannot be read now.', short: 'Picture not readable now' },
};

/** The best moment of a track, or why it is not shown. */
export function Thumbnail({ of, className }: { of: EndedTrack; className: string }) {
  const [missing, setMissing] = useState<Missing>();
  const url = thumbnailUrl(of);
  return (
    <span className={`grid shrink-0 place-content-center overflow-hidden rounded-(--radius) bg-picture ${className}`}>
      {missing ? (
        <span title={words[missing].title} className="text-on-picture-quiet">
          <ImageOff size={18} aria-hidden="true" />
          <span className="sr-only">{words[missing].short}</span>
        </span>
      ) : (
        <img
          src={url}
          alt={`The ${of.class} at its best moment`}
          loading="lazy"
          className={`object-contain ${className}`}
          onError={() => void whyMissing(url).then(setMissing)}
        />
      )}
    </span>
  );
}
