import type { trackEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';
import type { PoolClient } from 'pg';

interface Fact {
  position: number;
  type: string;
  data: { camera: string; class: string; zone?: string; line?: string };
}

/** What the log says of tracks, to be searched. */
export const trackFacts: Projection<typeof trackEvents> = {
  name: 'tracks',
  version: 1,
  tables: ['track_facts'],
  on: {
    TrackStarted: (tx, event) => keep(tx, event, event.data.fromUs),
    TrackEnded: (tx, event) => keep(tx, event, event.data.toUs),
    ZoneEntered: (tx, event) => keep(tx, event, event.data.atUs),
    ZoneLeft: (tx, event) => keep(tx, event, event.data.atUs),
    LineCrossed: (tx, event) => keep(tx, event, event.data.atUs),
  },
};

const keep = (tx: PoolClient, { position, type, data }: Fact, atUs: number) =>
  tx.query(
    `insert into track_facts (position, camera, at_us, type, class, zone, line, data)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [position, data.camera, atUs, type, data.class, data.zone ?? null, data.line ?? null, data],
  );
