import {
  announcePresence,
  checksOf,
  connectNats,
  createGuard,
  createLogger,
  followDirectory,
  type Running,
} from '@sightline/service';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { Fanout } from './fanout.ts';
import { Flusher } from './flusher.ts';
import { measures } from './metrics.ts';
import { People } from './people.ts';
import { followStatuses, Statuses } from './statuses.ts';

/** Starts the overlay gateway: boxes and feed states from NATS to whoever follows a camera and may see it. */
export async function start(config: Config): Promise<Running> {
  const logger = createLogger('overlay-gateway', config.LOG_LEVEL);
  const ended = new AbortController();
  const { signal } = ended;
  const nats = await connectNats({
    service: 'overlay-gateway',
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    logger,
  });
  const guard = createGuard({ nats, logger, signal });
  const directory = followDirectory({ nats, logger, signal });
  const fanout = new Fanout(nats, (viewers) => measures.deliveries.inc(viewers));
  const statuses = new Statuses((message) => fanout.announce(message));
  followStatuses(statuses, { nats, logger, signal });
  const people = new People(nats);
  people.answer(fanout);
  const checks = checksOf({ nats, guard });
  const flusher = new Flusher((error) => logger.error({ err: error }, 'boxes that cannot be told were left out'));
  const deps = { logger, guard, origins: config.PUBLIC_ORIGIN, directory, fanout, flusher, statuses, people };
  const app = await buildApp(deps, checks);
  await app.listen({ host: config.HOST, port: config.PORT });
  announcePresence({ service: 'overlay-gateway', instance: config.INSTANCE, nats, checks, logger, signal });
  return {
    close: async () => {
      ended.abort();
      await app.close();
      await nats.drain();
    },
  };
}
