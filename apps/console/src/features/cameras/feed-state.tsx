import type { CameraView } from '@sightline/contracts/http/cameras';
import { CircleDashed, KeyRound, type LucideIcon, PowerOff, TriangleAlert, Video, VideoOff } from 'lucide-react';
import { duration, moment } from '../../ui/time.ts';

type Feed = CameraView['feed'];
type State = NonNullable<Feed>['state'];

const looks: Record<State, { word: string; icon: LucideIcon; colour: string }> = {
  live: { word: 'Live', icon: Video, colour: 'text-quiet' },
  connecting: { word: 'Connecting', icon: CircleDashed, colour: 'text-quiet' },
  stalled: { word: 'Stalled', icon: TriangleAlert, colour: 'text-look' },
  unreachable: { word: 'Offline', icon: VideoOff, colour: 'text-act' },
  unauthorised: { word: 'Not let in', icon: KeyRound, colour: 'text-act' },
  unsupported: { word: 'Not supported', icon: VideoOff, colour: 'text-act' },
  disabled: { word: 'Switched off', icon: PowerOff, colour: 'text-quiet' },
};
const unseen = { word: 'Not seen yet', icon: CircleDashed, colour: 'text-quiet' };
const silent = { word: 'No word of its ingress', icon: TriangleAlert, colour: 'text-look' };
const lookOf = (feed: Feed) => (!feed ? unseen : feed.silent ? silent : looks[feed.state]);

/** What a camera is, in a word. */
export const wordOf = ({ feed, enabled }: Pick<CameraView, 'feed' | 'enabled'>): string =>
  (enabled ? lookOf(feed) : looks.disabled).word;

/** What a camera's feed is doing, for how long, and why. */
export function FeedState({ camera: { feed, enabled } }: { camera: CameraView }) {
  const { word, icon: Icon, colour } = enabled ? lookOf(feed) : looks.disabled;
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
          {feed.silent ? `Last heard of: ${looks[feed.state].word}. Pictures may still go on.` : feed.reason.text}
        </p>
      )}
    </div>
  );
}
