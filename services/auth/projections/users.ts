import type { userEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';

/** Which users there are, what each may do, and the name, sealed. */
export const users: Projection<typeof userEvents> = {
  name: 'users',
  version: 2,
  tables: ['users'],
  on: {
    UserRegistered: (tx, { data, position }) =>
      tx.query('insert into users (id, role, areas, active, position) values ($1, $2, $3, true, $4)', [
        data.user,
        data.role,
        data.areas,
        position,
      ]),
    UserNamed: (tx, { data }) => tx.query('update users set name = $2 where id = $1', [data.user, data.name]),
    UserRightsChanged: (tx, { data, position }) =>
      tx.query('update users set role = $2, areas = $3, position = $4 where id = $1', [
        data.user,
        data.role,
        data.areas,
        position,
      ]),
    UserDeactivated: (tx, { data, position }) =>
      tx.query('update users set active = false, position = $2 where id = $1', [data.user, position]),
    PersonErased: (tx, { data, position }) =>
      tx.query('update users set active = false, erased = true, name = null, position = $2 where id = $1', [
        data.user,
        position,
      ]),
  },
};
