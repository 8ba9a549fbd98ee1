import type { CameraView } from '@sightline/contracts/http/cameras';
import { CircleDashed, KeyRound, type LucideIcon, PowerOff, TriangleAlert, Video, VideoOff } from 'lucide-react';
import { duration, moment } from '../../ui/time.ts';
import { feedWords } from './feed-words.ts';

const looks: Record<keyof typeof feedWords, { icon: LucideIcon; colour: string }> = {
  live: { icon: Video, colour: 'text-quiet' },
  connecting: { icon: CircleDashed, colour: 'text-quiet' },
  stalled: { icon: TriangleAlert, colour: 'text-look' },
  unreachable: { icon: VideoOff, colour: 'text-act' },
  unauthorised: { icon: KeyRound, colour: 'text-act' },
  unsupported: { icon: VideoOff, colour: 'text-act' },
  disabled: { icon: PowerOff, colour: 'text-quiet' },
  silent: { icon: TriangleAlert, colour: 'text-look' },
};
const unseen = { word: 'Not seen yet', icon: CircleDashed, colour: 'text-quiet' };

function lookOf(camera: Pick<CameraView, 'feed' | 'enabled'>) {
  const state = stateOf(camera);
  return state ? { word: feedWords[state], ...looks[state] } : unseen;
}

function stateOf({ feed, enabled }: Pick<CameraView, 'feed' | 'enabled'>) {
  if (!enabled) return 'disabled';
  return feed?.silent ? 'silent' : feed?.state;
}

/** What a camera is, in a word. */
export const wordOf = (camera: Pick<CameraView, 'feed' | 'enabled'>): string => lookOf(camera).word;

/** What a camera's feed is doing, for how long, and why. */
export function FeedState({ camera }: { camera: CameraView }) {
  const { feed, enabled } = camera;
  const { word, icon: Icon, colour } = lookOf(camera);
  const since = feed && new Date(feed.since);
  return (
    <div className="grid gap-0.5">
      <p data-testid="feed-state" className={`flex items-center gap-2 ${colour === 'text-quiet' ? '' : colour}`}>
        <Icon size={16} aria-hidden="true" className={`shrink-0 ${colour}`} />
        <span title={since && `since ${moment(since)}`}>
          {word}
          {since && enabled && !feed?.silent && ` for ${duration(Date.now() - since.getTime())}`}
        </span>
      </p>
      {enabled && feed && (feed.silent || feed.reason.text !== 'Live.') && (
        <p className="max-w-[52ch] pl-6 text-quiet text-xs">
          {feed.silent ? `Last heard of: ${feedWords[feed.state]}. Pictures may still go on.` : feed.reason.text}
        </p>
      )}
    </div>
  );
}
