import { endpoints, skewBoundsMs } from '@sightline/contracts';
import { implement, maySee } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { measures } from '../metrics.ts';

/** Values that stand for the classes of a report: one within each. */
const within = [...skewBoundsMs, 2 * (skewBoundsMs.at(-1) ?? 0)];

/** Skew as viewers measured it, into the metrics; of cameras that the viewer may not see nothing is taken. */
export function skewRoute(app: FastifyInstance, { directory }: Deps): void {
  implement(app, endpoints.reportSkew, async ({ body, principal }) => {
    for (const { camera, mode, counts } of body.cameras) {
      const entry = directory.find(camera);
      if (!entry || !maySee(principal, entry.area)) continue;
      const histogram = measures.skew.labels({ camera, mode });
      for (const [index, count] of counts.entries()) {
        for (let frame = 0; frame < count; frame += 1) histogram.observe(within[index] ?? 0);
      }
    }
    return undefined;
  });
}
