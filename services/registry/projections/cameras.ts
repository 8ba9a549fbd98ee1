import type { cameraEvents } from '@sightline/contracts';
import type { Projection } from '@sightline/event-log';

const set = (assignment: string) => `update cameras set position = $2, ${assignment} where id = $1`;

/** Which cameras there are, and how each is set up. */
export const cameras: Projection<typeof cameraEvents> = {
  name: 'cameras',
  version: 1,
  tables: ['cameras'],
  on: {
    CameraRegistered: (tx, { data, position }) =>
      tx.query(
        `insert into cameras (id, site, area, name, sources, credentials, enabled, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [data.camera, data.site, data.area, data.name, data.sources, data.credentials ?? null, data.enabled, position],
      ),
    CameraRenamed: (tx, { data, position }) => tx.query(set('name = $3'), [data.camera, position, data.name]),
    CameraMoved: (tx, { data, position }) => tx.query(set('area = $3'), [data.camera, position, data.area]),
    CameraSourcesChanged: (tx, { data, position }) =>
      tx.query(set('sources = $3, credentials = $4'), [data.camera, position, data.sources, data.credentials ?? null]),
    CameraZonesSet: (tx, { data, position }) =>
      tx.query(set('zones = $3, lines = $4'), [
        data.camera,
        position,
        JSON.stringify(data.zones),
        JSON.stringify(data.lines),
      ]),
    CameraEnabled: (tx, { data, position }) => tx.query(set('enabled = true'), [data.camera, position]),
    CameraDisabled: (tx, { data, position }) => tx.query(set('enabled = false'), [data.camera, position]),
    CameraRetired: (tx, { data, position }) => tx.query(set('retired = true'), [data.camera, position]),
  },
};
