import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { headsFile, openEventLog, startSealer } from '@sightline/event-log';
import { connectPostgres, createLogger } from '@sightline/service';

/** A sealer by itself, as the registry runs one; tells its parent when it is there. */
const { DATABASE_URL = '', STATE = '' } = process.env;
const logger = createLogger('bench-sealer', 'error');
const pool = connectPostgres({ url: DATABASE_URL, service: 'bench', logger });
const log = openEventLog({ pool, logger, schemas: {} });
const { privateKey } = generateKeyPairSync('ed25519');
startSealer({
  log,
  pool,
  logger,
  key: privateKey,
  places: [headsFile(join(STATE, 'heads.ndjson'), createPublicKey(privateKey))],
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
