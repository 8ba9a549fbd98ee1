import { randomUUIDv7 } from 'node:crypto';
import { type CameraView, endpoints, type Sources, type SourcesInput } from '@sightline/contracts';
import { implement, joinCredentials, maySee, notVisible, type Principal, parseSource } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import { type CameraCommand, camera } from '../camera.ts';
import { findCamera, listCameras } from '../cameras.ts';
import { carryOut } from '../command.ts';
import type { Deps } from '../deps.ts';
import { areaOf } from './sites.ts';

/** Cameras. */
export function cameraRoutes(app: FastifyInstance, deps: Deps): void {
  // The log tells what was said last, not whether somebody still says it.
  const asKnown = (view: CameraView): CameraView =>
    view.feed && deps.status.isSilent(view.id) ? { ...view, feed: { ...view.feed, silent: true } } : view;

  implement(app, endpoints.listCameras, async ({ query, principal }) => {
    const all = await listCameras(deps.pool, query, principal.role);
    return { cameras: all.filter(({ area }) => maySee(principal, area)).map(asKnown) };
  });

  implement(app, endpoints.getCamera, async ({ params, principal }) => {
    const found = await findCamera(deps.pool, params.id, principal.role);
    if (!found || !maySee(principal, found.area)) throw notVisible('camera');
    return asKnown(found);
  });

  implement(app, endpoints.registerCamera, async ({ body, principal }) => {
    const id = body.id ?? randomUUIDv7();
    const { site } = await areaOf(deps, body.area);
    const { area, name, enabled } = body;
    const parsed = await takeSources(deps, body.sources);
    const command = { type: 'RegisterCamera', camera: id, site, area, name, enabled, ...parsed } as const;
    return { id, position: await carryOut(deps, camera, { stream: `camera-${id}`, command, principal, site }) };
  });

  implement(app, endpoints.renameCamera, ({ params: { id }, body, principal }) =>
    change(deps, id, principal, { type: 'RenameCamera', name: body.name }),
  );

  implement(app, endpoints.moveCamera, async ({ params: { id }, body, principal }) => {
    const { site } = await areaOf(deps, body.area);
    return change(deps, id, principal, { type: 'MoveCamera', area: body.area, site });
  });

  implement(app, endpoints.changeCameraSources, async ({ params: { id }, body, principal }) =>
    change(deps, id, principal, { type: 'ChangeSources', ...(await takeSources(deps, body)) }),
  );

  implement(app, endpoints.setCameraZones, ({ params: { id }, body, principal }) =>
    change(deps, id, principal, { type: 'SetZones', ...body }),
  );
  implement(app, endpoints.enableCamera, ({ params: { id }, principal }) =>
    change(deps, id, principal, { type: 'EnableCamera' }),
  );
  implement(app, endpoints.disableCamera, ({ params: { id }, principal }) =>
    change(deps, id, principal, { type: 'DisableCamera' }),
  );
  implement(app, endpoints.retireCamera, ({ params: { id }, principal }) =>
    change(deps, id, principal, { type: 'RetireCamera' }),
  );
}

async function change(deps: Deps, id: string, principal: Principal, command: CameraCommand) {
  const site = (await findCamera(deps.pool, id, 'viewer'))?.site;
  return { id, position: await carryOut(deps, camera, { stream: `camera-${id}`, command, principal, site }) };
}

/** Takes credentials out of the sources and puts them into the vault. */
async function takeSources(
  { vault, networks }: Deps,
  input: SourcesInput,
): Promise<{ sources: Sources; credentials?: string }> {
  const main = parseSource(input.main, networks);
  const sub = input.sub && parseSource(input.sub, networks);
  const found = joinCredentials([main.credentials, sub?.credentials]);
  return {
    sources: { main: { url: main.url }, ...(sub ? { sub: { url: sub.url } } : {}) },
    ...(found ? { credentials: await vault.put(found) } : {}),
  };
}
