import type {} from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the connection of an upgrade that was refused before `@fastify/websocket` saw it. Node reads no further request
 * from a socket that asked for an upgrade, so a proxy that kept it alive would send the next viewer into silence.
 */
export function closeRefusedUpgrades(app: FastifyInstance): void {
  app.addHook('onSend', async ({ headers }, reply) => {
    if (headers.upgrade !== undefined) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ headers, raw, ws }) => {
    if (headers.upgrade !== undefined && !ws) raw.socket.destroySoon();
  });
}
