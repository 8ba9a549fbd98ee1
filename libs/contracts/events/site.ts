import { z } from 'zod';
import { Id, Name } from '../ids.ts';

/** Events of a site (a place), on stream `site-<id>`. */
export const siteEvents = {
  SiteRegistered: z.object({ site: Id, name: Name }),
  SiteRenamed: z.object({ site: Id, name: Name }),
} as const;

/** Events of an area (cameras that people are given rights to), on stream `area-<id>`. */
export const areaEvents = {
  AreaRegistered: z.object({ area: Id, site: Id, name: Name }),
  AreaRenamed: z.object({ area: Id, name: Name }),
} as const;
