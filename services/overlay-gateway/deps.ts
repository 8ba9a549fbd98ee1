import type { Directory, Guard, Logger } from '@sightline/service';
import type { Fanout } from './fanout.ts';
import type { Flusher } from './flusher.ts';
import type { People } from './people.ts';
import type { Statuses } from './statuses.ts';

/** What the socket of the gateway works with. */
export interface Deps {
  logger: Logger;
  guard: Guard;
  origins: readonly string[];
  directory: Directory;
  fanout: Fanout;
  flusher: Flusher;
  statuses: Statuses;
  people: Pick<People, 'count'>;
}
