import type { feedEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';

/** What each camera's feed was last seen doing; what an older epoch says is passed over. */
export const feeds: Projection<typeof feedEvents> = {
  name: 'feeds',
  version: 1,
  tables: ['feeds'],
  on: {
    FeedStateChanged: (tx, { data }) =>
      tx.query(
        `insert into feeds as f (camera_id, state, reason, since, epoch, sequence) values ($1, $2, $3, $4, $5, $6)
         on conflict (camera_id) do update
           set state = excluded.state, reason = excluded.reason, since = excluded.since,
               epoch = excluded.epoch, sequence = excluded.sequence
         where (f.epoch, f.sequence) < (excluded.epoch, excluded.sequence)`,
        [data.camera, data.state, data.reason, data.occurredAt, data.epoch, data.sequence],
      ),
  },
};
