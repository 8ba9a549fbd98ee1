import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { connectNats, connectPostgres, createLogger, followDirectory } from '@sightline/service';
import { FrameSizes } from './adapters/index.ts';
import type { Config } from './config.ts';
import { runDurableLane } from './durable-lane.ts';
import { firstDay, startOf } from './partitions.ts';
import { connectRedis } from './redis.ts';
import { Store } from './store.ts';

/** The durable lane's thread: connections of its own, and no word to the other one but what it has done. */
const config: Config = workerData;
const logger = createLogger('events-durable', config.LOG_LEVEL);
const ended = new AbortController();
const port = parentPort;
if (!port) throw new Error('Expected to be started by durable-thread.ts.');
void once(port, 'message').then(() => {
  ended.abort();
  port.close();
});

const nats = await connectNats({
  service: 'events',
  url: config.NATS_URL,
  user: config.NATS_USER,
  password: config.NATS_PASSWORD,
  logger,
});
const pool = connectPostgres({ url: config.DATABASE_URL, service: 'events', logger });
const reader = connectRedis(config.REDIS_URL, logger);
ended.signal.addEventListener('abort', () => reader.disconnect(), { once: true });

await runDurableLane({
  reader,
  store: new Store(pool),
  directory: followDirectory({ nats, logger, signal: ended.signal }),
  sizes: new FrameSizes(),
  instance: config.INSTANCE,
  oldestUs: () => startOf(firstDay(config.RETENTION_DAYS)),
  onDone: (done) => port.postMessage(done),
  logger,
  signal: ended.signal,
});
await nats.drain();
await pool.end();
