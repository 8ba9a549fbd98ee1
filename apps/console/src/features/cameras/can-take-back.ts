import type { CameraView } from '@sightline/contracts/http/cameras';
import type { CameraDraft } from './camera-form.tsx';

const withUser = /^[a-z]+:\/\/[^/?#]*@/i;

/** Whether a draft gives a user or a password, beside an address or in it. */
const givesCredentials = ({ url, sub, username, password }: CameraDraft) =>
  username !== '' || password !== '' || [url, sub].some((address) => withUser.test(address.trim()));

/** Whether a draft has another address than its camera. */
export const movesAddress = ({ sources }: Pick<CameraView, 'sources'>, { url, sub }: CameraDraft): boolean =>
  url.trim() !== (sources?.main.url ?? '') || sub.trim() !== (sources?.sub?.url ?? '');

/** Whether a change can be undone: nobody here knows the credentials that were replaced, or left behind with an address. */
export const canTakeBack = (camera: Pick<CameraView, 'sources' | 'hasCredentials'>, draft: CameraDraft): boolean =>
  !givesCredentials(draft) && !(camera.hasCredentials && movesAddress(camera, draft));
