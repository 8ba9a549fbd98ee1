import { type EventLog, type Follower, startConsumer } from '@sightline/event-log';
import type { Logger } from '@sightline/service';
import type { Pool } from 'pg';

const personal = ['person_keys', 'accounts', 'preferences'];

/**
 * Destroys what is kept of a person who was erased: key, account, preferences. It follows the log, so that an erasure is
 * carried out even when the copy that was told of it dies at once.
 */
export function startErasures(options: { log: EventLog; pool: Pool; logger: Logger }): Follower {
  return startConsumer({
    ...options,
    schema: 'auth',
    name: 'erasures',
    types: ['PersonErased'],
    handle: async ({ stream }, tx) => {
      for (const table of personal)
        await tx.query(`delete from auth.${table} where user_id = $1`, [stream.slice('user-'.length)]);
    },
  });
}
