import type { StatusView } from '@sightline/contracts/http/status';

/** What a feed is in, in a word: the same wherever it is said. `silent`: its ingress reports no more. */
export const feedWords: Record<StatusView['cameras'][number]['state'], string> = {
  live: 'Live',
  connecting: 'Connecting',
  stalled: 'Stalled',
  unreachable: 'Offline',
  unauthorised: 'Not let in',
  unsupported: 'Not supported',
  disabled: 'Switched off',
  silent: 'No word of its ingress',
};
