import { z } from 'zod';
import { Id, Name } from '../ids.ts';
import { endpoint } from './endpoint.ts';
import { CommandAccepted } from './problem.ts';

export const SiteView = z.object({ id: Id, name: Name }).meta({ id: 'SiteView' });
export type SiteView = z.infer<typeof SiteView>;
export const AreaView = z.object({ id: Id, site: Id, name: Name }).meta({ id: 'AreaView' });
export type AreaView = z.infer<typeof AreaView>;

const params = z.object({ id: Id });
const rename = z.object({ name: Name });
const accepted = { 200: CommandAccepted };
const write = { service: 'registry', method: 'POST', access: 'administrator' } as const;

/** Sites and areas; a viewer sees those of the areas given to him. */
export const siteEndpoints = {
  listSites: endpoint({
    service: 'registry',
    method: 'GET',
    path: '/api/sites',
    summary: 'Sites that the caller may see',
    access: 'signed-in',
    responses: { 200: z.object({ sites: z.array(SiteView) }) },
  }),
  registerSite: endpoint({
    ...write,
    path: '/api/sites',
    summary: 'Register a site',
    body: z.object({ id: Id.optional(), name: Name }),
    responses: { 201: CommandAccepted },
  }),
  renameSite: endpoint({
    ...write,
    path: '/api/sites/:id/rename',
    summary: 'Rename a site',
    params,
    body: rename,
    responses: accepted,
  }),
  listAreas: endpoint({
    service: 'registry',
    method: 'GET',
    path: '/api/areas',
    summary: 'Areas that the caller may see',
    access: 'signed-in',
    responses: { 200: z.object({ areas: z.array(AreaView) }) },
  }),
  registerArea: endpoint({
    ...write,
    path: '/api/areas',
    summary: 'Register an area of a site',
    body: z.object({ id: Id.optional(), site: Id, name: Name }),
    responses: { 201: CommandAccepted },
  }),
  renameArea: endpoint({
    ...write,
    path: '/api/areas/:id/rename',
    summary: 'Rename an area',
    params,
    body: rename,
    responses: accepted,
  }),
} as const;
