import { test } from 'node:test';
import type { Marks, Zone } from '@sightline/contracts';
import { given } from '@sightline/event-log/testing';
import { type CameraEvent, camera } from './camera.ts';

const data = {
  camera: 'cam7',
  site: 'north',
  area: 'yard',
  name: 'Gate',
  sources: { main: { url: 'rtsp://10.0.0.7/main' } },
  enabled: true,
};
const registered: CameraEvent = { type: 'CameraRegistered', data };
const retired: CameraEvent = { type: 'CameraRetired', data: { camera: 'cam7' } };

test('a camera is registered once', () => {
  given(camera, [])
    .when({ type: 'RegisterCamera', ...data })
    .then(registered);
  given(camera, [registered])
    .when({ type: 'RegisterCamera', ...data })
    .thenRefused('exists');
});

test('a camera that was never registered cannot be changed', () => {
  given(camera, []).when({ type: 'RenameCamera', name: 'Door' }).thenRefused('not_found');
});

test('a retired camera cannot be renamed, enabled, retired or registered again', () => {
  const gone = given(camera, [registered, retired]);
  gone.when({ type: 'RenameCamera', name: 'Door' }).thenRefused('retired');
  gone.when({ type: 'EnableCamera' }).thenRefused('retired');
  gone.when({ type: 'RetireCamera' }).thenRefused('retired');
  gone.when({ type: 'RegisterCamera', ...data }).thenRefused('exists');
});

test('a change that changes nothing is no event', () => {
  const there = given(camera, [registered]);
  there.when({ type: 'RenameCamera', name: 'Gate' }).then();
  there.when({ type: 'MoveCamera', area: 'yard', site: 'north' }).then();
  there.when({ type: 'EnableCamera' }).then();
  there.when({ type: 'ChangeSources', sources: data.sources }).then();
});

test('a camera is moved within its site and no further', () => {
  const there = given(camera, [registered]);
  there
    .when({ type: 'MoveCamera', area: 'lobby', site: 'north' })
    .then({ type: 'CameraMoved', data: { camera: 'cam7', area: 'lobby' } });
  there.when({ type: 'MoveCamera', area: 'lobby', site: 'south' }).thenRefused('other_site');
});

test('a camera is disabled and enabled again', () => {
  const off: CameraEvent = { type: 'CameraDisabled', data: { camera: 'cam7' } };
  given(camera, [registered]).when({ type: 'DisableCamera' }).then(off);
  given(camera, [registered, off])
    .when({ type: 'EnableCamera' })
    .then({ type: 'CameraEnabled', data: { camera: 'cam7' } });
});

test('zones are set as a whole, and only when they differ', () => {
  const polygon: Zone['polygon'] = [
    [0.1, 0.1],
    [0.4, 0.1],
    [0.4, 0.5],
  ];
  const marks: Marks = { zones: [{ id: 'gate', name: 'Gate', polygon }], lines: [] };
  const set: CameraEvent = { type: 'CameraZonesSet', data: { camera: 'cam7', ...marks } };
  given(camera, [registered])
    .when({ type: 'SetZones', ...marks })
    .then(set);
  given(camera, [registered, set])
    .when({ type: 'SetZones', ...marks })
    .then();
  given(camera, [registered]).when({ type: 'SetZones', zones: [], lines: [] }).then();
  given(camera, [registered, retired])
    .when({ type: 'SetZones', ...marks })
    .thenRefused('retired');
});

test('zones that were made from others than those that stand there now are refused', () => {
  const line = { id: 'kerb', name: 'Kerb', from: [0, 0.6], to: [1, 0.7] } satisfies Marks['lines'][number];
  const before: Marks = { zones: [], lines: [] };
  const marks: Marks = { zones: [], lines: [line] };
  const set: CameraEvent = { type: 'CameraZonesSet', data: { camera: 'cam7', ...marks } };
  given(camera, [registered])
    .when({ type: 'SetZones', ...marks, was: before })
    .then(set);
  given(camera, [registered, set])
    .when({ type: 'SetZones', zones: [], lines: [{ ...line, name: 'Edge' }], was: before })
    .thenRefused('changed_meanwhile');
});

test('new credentials are a change of the sources even when the address stays', () => {
  given(camera, [registered])
    .when({ type: 'ChangeSources', sources: data.sources, credentials: 'c2' })
    .then({ type: 'CameraSourcesChanged', data: { camera: 'cam7', sources: data.sources, credentials: 'c2' } });
});

test('credentials stay with the host that they were given for', () => {
  const known: CameraEvent = { type: 'CameraRegistered', data: { ...data, credentials: 'c1' } };
  const path = { main: { url: 'rtsp://10.0.0.7/other' } };
  const host = { main: { url: 'rtsp://10.0.0.8/main' } };
  given(camera, [known])
    .when({ type: 'ChangeSources', sources: path })
    .then({ type: 'CameraSourcesChanged', data: { camera: 'cam7', sources: path, credentials: 'c1' } });
  given(camera, [known])
    .when({ type: 'ChangeSources', sources: host })
    .then({ type: 'CameraSourcesChanged', data: { camera: 'cam7', sources: host } });
});

test('a sub stream of the same host is read with the same credentials, of another it takes them away', () => {
  const known: CameraEvent = { type: 'CameraRegistered', data: { ...data, credentials: 'c1' } };
  const same = { ...data.sources, sub: { url: 'rtsp://10.0.0.7/sub' } };
  const other = { ...data.sources, sub: { url: 'rtsp://10.0.0.8/sub' } };
  given(camera, [known])
    .when({ type: 'ChangeSources', sources: same })
    .then({ type: 'CameraSourcesChanged', data: { camera: 'cam7', sources: same, credentials: 'c1' } });
  given(camera, [known])
    .when({ type: 'ChangeSources', sources: other })
    .then({ type: 'CameraSourcesChanged', data: { camera: 'cam7', sources: other } });
});
