import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SkewReport } from '@sightline/contracts/http/skew';
import { Skew } from './skew.ts';

test('what is drawn in ten seconds is one report, by camera, mode and how far', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const reports: SkewReport[] = [];
  const skew = new Skew(async (report) => reports.push(report));
  for (const carriedMs of [0, 0, 66, 5_000]) skew.add('cam7', 'exact', carriedMs);
  skew.add('cam7', 'arrival', 200);
  t.mock.timers.tick(10_000);
  t.mock.timers.tick(10_000);
  assert.deepEqual(
    reports.map((report) => SkewReport.parse(report).cameras),
    [
      [
        { camera: 'cam7', mode: 'exact', counts: [2, 0, 0, 1, 0, 0, 0, 0, 1] },
        { camera: 'cam7', mode: 'arrival', counts: [0, 0, 0, 0, 0, 1, 0, 0, 0] },
      ],
    ],
  );
});
