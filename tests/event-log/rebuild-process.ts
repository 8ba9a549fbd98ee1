import { openEventLog, startProjection } from '@sightline/event-log';
import { connectPostgres, createLogger } from '@sightline/service';
import { schemas } from './stack.ts';

/** Version 3 of the projection of rebuild.test.ts in a process of its own, slow enough to be killed at work. */
const logger = createLogger('rebuild', 'warn');
const pool = connectPostgres({ url: process.env.DATABASE_URL ?? '', service: 'rebuild', logger });
startProjection({
  log: openEventLog({ pool, logger, schemas }),
  pool,
  schema: 'registry',
  schemas,
  logger,
  projection: {
    name: 'texts',
    version: 3,
    tables: ['texts'],
    on: {
      Noted: (tx, { position, data }) =>
        tx.query('insert into texts (position, text, version) select $1, $2, 3 from pg_sleep(0.0002)', [
          position,
          data.text,
        ]),
    },
  },
});
