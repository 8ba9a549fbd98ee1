import websocket from '@fastify/websocket';
import { overlayLimits, overlayProtocols } from '@sightline/contracts';
import { buildHttp, type Check } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';
import { closeRefusedUpgrades } from './refuse.ts';
import { overlayRoute } from './routes/overlay.ts';
import { peopleRoute } from './routes/people.ts';
import { skewRoute } from './routes/skew.ts';

const known = new Set<string>(Object.values(overlayProtocols));

/** The HTTP side of the gateway, with its one WebSocket. */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<FastifyInstance> {
  const { logger, guard, origins } = deps;
  const app = await buildHttp({ service: 'overlay-gateway', logger, guard, origins, checks });
  await app.register(websocket, {
    options: {
      maxPayload: overlayLimits.maxPayloadBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) => [...offered].find((protocol) => known.has(protocol)) ?? false,
    },
  });
  closeRefusedUpgrades(app);
  overlayRoute(app, deps);
  peopleRoute(app, deps);
  skewRoute(app, deps);
  return app;
}
