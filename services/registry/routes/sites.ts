import { randomUUIDv7 } from 'node:crypto';
import { type AreaView, endpoints, type SiteView } from '@sightline/contracts';
import { implement, maySee, ProblemError } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import { carryOut } from '../command.ts';
import type { Deps } from '../deps.ts';
import { area, site } from '../site.ts';

/** Sites and their areas. */
export function siteRoutes(app: FastifyInstance, deps: Deps): void {
  implement(app, endpoints.listSites, async ({ principal }) => {
    const { rows: sites } = await deps.pool.query<SiteView>('select id, name from registry.sites order by name, id');
    const visible = new Set((await areasOf(deps)).filter(({ id }) => maySee(principal, id)).map((view) => view.site));
    return { sites: sites.filter(({ id }) => principal.role === 'administrator' || visible.has(id)) };
  });

  implement(app, endpoints.registerSite, async ({ body, principal }) => {
    const id = body.id ?? randomUUIDv7();
    const command = { type: 'RegisterSite', site: id, name: body.name } as const;
    return { id, position: await carryOut(deps, site, { stream: `site-${id}`, command, principal, site: id }) };
  });

  implement(app, endpoints.renameSite, async ({ params: { id }, body, principal }) => {
    const command = { type: 'RenameSite', name: body.name } as const;
    return { id, position: await carryOut(deps, site, { stream: `site-${id}`, command, principal, site: id }) };
  });

  implement(app, endpoints.listAreas, async ({ principal }) => ({
    areas: (await areasOf(deps)).filter(({ id }) => maySee(principal, id)),
  }));

  implement(app, endpoints.registerArea, async ({ body, principal }) => {
    const id = body.id ?? randomUUIDv7();
    await assertSite(deps, body.site);
    const command = { type: 'RegisterArea', area: id, site: body.site, name: body.name } as const;
    return { id, position: await carryOut(deps, area, { stream: `area-${id}`, command, principal, site: body.site }) };
  });

  implement(app, endpoints.renameArea, async ({ params: { id }, body, principal }) => {
    const command = { type: 'RenameArea', name: body.name } as const;
    const place = await findArea(deps, id);
    return {
      id,
      position: await carryOut(deps, area, { stream: `area-${id}`, command, principal, site: place?.site }),
    };
  });
}

async function areasOf({ pool }: Deps): Promise<AreaView[]> {
  return (await pool.query<AreaView>('select id, site, name from registry.areas order by name, id')).rows;
}

/** An area by id; undefined when there is none. */
export async function findArea({ pool }: Deps, id: string): Promise<AreaView | undefined> {
  return (await pool.query<AreaView>('select id, site, name from registry.areas where id = $1', [id])).rows[0];
}

/** An area by id; throws 400 when there is none. */
export async function areaOf(deps: Deps, id: string): Promise<AreaView> {
  const found = await findArea(deps, id);
  if (found) return found;
  throw new ProblemError(400, 'There is no such area.', {
    code: 'no_area',
    expected: 'the id of a registered area',
    got: id,
    hint: 'Register the area first.',
  });
}

async function assertSite({ pool }: Deps, id: string): Promise<void> {
  const { rowCount } = await pool.query('select from registry.sites where id = $1', [id]);
  if (rowCount) return;
  throw new ProblemError(400, 'There is no such site.', {
    code: 'no_site',
    expected: 'the id of a registered site',
    got: id,
    hint: 'Register the site first.',
  });
}
