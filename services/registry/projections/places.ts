import { areaEvents, siteEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';

export const placeEvents = { ...siteEvents, ...areaEvents };

/** Which sites and areas there are. */
export const places: Projection<typeof placeEvents> = {
  name: 'places',
  version: 1,
  tables: ['sites', 'areas'],
  on: {
    SiteRegistered: (tx, { data }) => tx.query('insert into sites (id, name) values ($1, $2)', [data.site, data.name]),
    SiteRenamed: (tx, { data }) => tx.query('update sites set name = $2 where id = $1', [data.site, data.name]),
    AreaRegistered: (tx, { data }) =>
      tx.query('insert into areas (id, site, name) values ($1, $2, $3)', [data.area, data.site, data.name]),
    AreaRenamed: (tx, { data }) => tx.query('update areas set name = $2 where id = $1', [data.area, data.name]),
  },
};
