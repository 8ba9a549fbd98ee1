import type { CameraView } from '@sightline/contracts/http/cameras';
import { CircleDashed, KeyRound, type LucideIcon, PowerOff, TriangleAlert, Video, VideoOff } from 'lucide-react';
import { duration, moment } from '../../ui/time.ts';

type State = NonNullable<CameraView['feed']>['state'];

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

/** The word for a state, or for none. */
export const wordOf = (state: State | undefined): string => (state ? looks[state] : unseen).word;

/** Whether somebody has to look at a camera. */
export const wantsAttention = ({ feed }: CameraView): boolean =>
  feed !== undefined && !['live', 'connecting', 'disabled'].includes(feed.state);

/** What a camera's feed is doing, for how long, and why. */
export function FeedState({ camera: { feed, enabled } }: { camera: CameraView }) {
  const { word, icon: Icon, colour } = !enabled ? looks.disabled : feed ? looks[feed.state] : unseen;
  const since = feed && new Date(feed.since);
  return (
    <div className="grid gap-0.5">
      <p data-testid="feed-state" className={`flex items-center gap-2 ${colour === 'text-quiet' ? '' : colour}`}>
        <Icon size={16} aria-hidden="true" className={`shrink-0 ${colour}`} />
        <span title={since && `since ${moment(since)}`}>
          {word}
          {since && enabled && ` for ${duration(Date.now() - since.getTime())}`}
        </span>
      </p>
      {enabled && feed && feed.reason.text !== 'Live.' && (
        <p className="max-w-[52ch] pl-6 text-quiet text-xs">{feed.reason.text}</p>
      )}
    </div>
  );
}
