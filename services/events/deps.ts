import type { Directory, Guard, Logger } from '@sightline/service';
import type { Pool } from 'pg';
import type { Search } from './search.ts';
import type { Store } from './store.ts';

/** What the routes of events work with. */
export interface Deps {
  logger: Logger;
  guard: Guard;
  origins: readonly string[];
  directory: Directory;
  pool: Pool;
  store: Store;
  search: Search;
}
