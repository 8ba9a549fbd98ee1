import { CircleDashed, CirclePause, History, Lock, Snowflake, TriangleAlert, VideoOff } from 'lucide-react';
import type { TileState } from './tile-state.ts';

type Kind = Exclude<TileState['kind'], 'live'>;

const icons = {
  lagging: History,
  frozen: Snowflake,
  connecting: CircleDashed,
  stalled: TriangleAlert,
  offline: VideoOff,
  denied: Lock,
  paused: CirclePause,
} as const;
const colours: Record<Kind, string> = {
  lagging: 'text-look',
  frozen: 'text-look',
  connecting: 'text-quiet',
  stalled: 'text-look',
  offline: 'text-act',
  denied: 'text-quiet',
  paused: 'text-quiet',
};
const coloursOnPicture: Record<Kind, string> = {
  lagging: 'text-look-on-picture',
  frozen: 'text-look-on-picture',
  connecting: 'text-on-picture-quiet',
  stalled: 'text-look-on-picture',
  offline: 'text-act-on-picture',
  denied: 'text-on-picture-quiet',
  paused: 'text-on-picture-quiet',
};

interface StateMarkProps {
  kind: TileState['kind'];
  size: number;
  onPicture?: boolean;
}

/** The icon of a state that is not live, beside its word: colour never stands alone. */
export function StateMark({ kind, size, onPicture = false }: StateMarkProps) {
  if (kind === 'live') return null;
  const Icon = icons[kind];
  return (
    <Icon size={size} aria-hidden="true" className={`shrink-0 ${(onPicture ? coloursOnPicture : colours)[kind]}`} />
  );
}
