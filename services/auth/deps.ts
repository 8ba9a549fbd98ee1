import type { EventLog, Follower, RunningProjection } from '@sightline/event-log';
import type { Guard, Logger } from '@sightline/service';
import type { Pool } from 'pg';
import type { Accounts } from './accounts.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import type { Media } from './media.ts';
import type { PersonKeys } from './person-keys.ts';
import type { RoomReconciler } from './room-reconciler.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { Signer } from './tokens.ts';

/** What the routes of auth work with. */
export interface Deps {
  logger: Logger;
  guard: Guard;
  origins: readonly string[];
  pool: Pool;
  log: EventLog;
  users: RunningProjection;
  accounts: Accounts;
  keys: PersonKeys;
  /** Carries out erasures as the log tells of them. */
  erasures: Follower;
  sessions: Sessions;
  signer: Signer;
  media: Media;
  /** Removes from the media server's rooms whoever may not be in them. */
  rooms: Pick<RoomReconciler, 'reconcile'>;
  throttle: Throttle;
  /** Checks of passwords, by whose they are, and changes that take an administrator's rights away. */
  mutex: KeyedMutex;
  /** Tells every service that a session has ended. */
  revoke(session: string): Promise<void>;
}
