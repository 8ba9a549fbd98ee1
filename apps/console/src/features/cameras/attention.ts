import type { CameraView } from '@sightline/contracts/http/cameras';

type Fed = Pick<CameraView, 'feed' | 'enabled'>;

/** Whether nobody knows what a camera is doing, though it is switched on. */
export const isSilent = ({ feed, enabled }: Fed): boolean => enabled && feed?.silent === true;

/** Whether a camera that is switched on is known to bring no picture. */
export const lacksPicture = ({ feed, enabled }: Fed): boolean =>
  enabled && feed !== undefined && !feed.silent && !['live', 'connecting', 'disabled'].includes(feed.state);
