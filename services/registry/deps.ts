import type { EventLog, RunningProjection } from '@sightline/event-log';
import type { Guard, Logger } from '@sightline/service';
import type { Pool } from 'pg';
import type { Status } from './status.ts';
import type { Vault } from './vault.ts';

/** What the routes of the registry work with. */
export interface Deps {
  logger: Logger;
  guard: Guard;
  origins: readonly string[];
  pool: Pool;
  log: EventLog;
  projections: readonly RunningProjection[];
  vault: Vault;
  status: Status;
  /** Networks (CIDR) that cameras may stand in. */
  networks: readonly string[];
}
