import { test } from 'node:test';
import { domainEvents } from '@sightline/contracts';
import { carryOut } from '@sightline/event-log/testing';
import fc from 'fast-check';
import { type CameraCommand, camera } from './camera.ts';
import { type AreaCommand, area, type SiteCommand, site } from './site.ts';

const id = fc.constantFrom('a', 'b', 'c');
const name = fc.constantFrom('Gate', 'Yard', 'Nörd');
const source = fc.record({ url: fc.constantFrom('rtsp://10.0.0.1/a', 'rtsp://10.0.0.1/b', 'rtsps://cam.example/a') });
const sources = fc.record({ main: source, sub: source }, { requiredKeys: ['main'] });
const credentials = fc.option(fc.uuid(), { nil: undefined });
const point = fc.tuple(fc.constantFrom(0, 0.25, 1), fc.constantFrom(0, 0.5, 1));
const zones = fc.array(fc.record({ id, name, polygon: fc.array(point, { minLength: 3, maxLength: 5 }) }), {
  maxLength: 2,
});
const lines = fc.array(fc.record({ id, name, from: point, to: point }), { maxLength: 2 });
const kind = <Type extends string>(type: Type) => fc.constant(type);

const cameraCommand: fc.Arbitrary<CameraCommand> = fc.oneof(
  fc.record({
    type: kind('RegisterCamera'),
    camera: id,
    site: id,
    area: id,
    name,
    sources,
    credentials,
    enabled: fc.boolean(),
  }),
  fc.record({ type: kind('RenameCamera'), name }),
  fc.record({ type: kind('MoveCamera'), area: id, site: id }),
  fc.record({ type: kind('ChangeSources'), sources, credentials }),
  fc.record({ type: kind('SetZones'), zones, lines }),
  fc.record({ type: kind('EnableCamera') }),
  fc.record({ type: kind('DisableCamera') }),
  { weight: 1, arbitrary: fc.record({ type: kind('RetireCamera') }) },
);
const siteCommand: fc.Arbitrary<SiteCommand> = fc.oneof(
  fc.record({ type: kind('RegisterSite'), site: id, name }),
  fc.record({ type: kind('RenameSite'), name }),
);
const areaCommand: fc.Arbitrary<AreaCommand> = fc.oneof(
  fc.record({ type: kind('RegisterArea'), area: id, site: id, name }),
  fc.record({ type: kind('RenameArea'), name }),
);

test('whatever a camera is told, its events are those that the log takes and that make its state again', () => {
  fc.assert(fc.property(fc.array(cameraCommand, { maxLength: 20 }), (all) => void carryOut(camera, all, domainEvents)));
});

test('whatever sites and areas are told, likewise', () => {
  fc.assert(fc.property(fc.array(siteCommand), (all) => void carryOut(site, all, domainEvents)));
  fc.assert(fc.property(fc.array(areaCommand), (all) => void carryOut(area, all, domainEvents)));
});
