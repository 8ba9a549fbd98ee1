import { openEventLog, startRelay } from '@sightline/event-log';
import { connectNats, connectPostgres, createLogger } from '@sightline/service';

/** A relay in a process of its own, which a test may pause or kill. */
const env = (name: string) => process.env[name] ?? '';
const logger = createLogger('relay', 'warn');
const pool = connectPostgres({ url: env('DATABASE_URL'), service: env('RELAY_NAME'), logger });
const nats = await connectNats({
  service: 'registry',
  url: env('NATS_URL'),
  user: env('NATS_USER'),
  password: env('NATS_PASSWORD'),
  logger,
});
startRelay({ log: openEventLog({ pool, logger, schemas: {} }), pool, nats, logger });
