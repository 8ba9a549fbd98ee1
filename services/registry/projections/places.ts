import { areaEvents, siteEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';

export const placeEvents = { ...siteEvents, ...areaEvents };

/** Which sites and areas there are. */
export const places: Projection<typeof placeEvents> = {
  name: 'places',
  version: 1,
  clear: (tx) => tx.query('truncate registry.sites, registry.areas'),
  on: {
    SiteRegistered: (tx, { data }) =>
      tx.query('insert into registry.sites (id, name) values ($1, $2)', [data.site, data.name]),
    SiteRenamed: (tx, { data }) =>
      tx.query('update registry.sites set name = $2 where id = $1', [data.site, data.name]),
    AreaRegistered: (tx, { data }) =>
      tx.query('insert into registry.areas (id, site, name) values ($1, $2, $3)', [data.area, data.site, data.name]),
    AreaRenamed: (tx, { data }) =>
      tx.query('update registry.areas set name = $2 where id = $1', [data.area, data.name]),
  },
};
