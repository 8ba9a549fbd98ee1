import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { headsFile, openEventLog, type Sealer, startSealer } from '@sightline/event-log';
import { connectPostgres, createLogger } from '@sightline/service';

/** Follows a log, and seals it from `seal` to `rest`; tells its parent when that is so. */
const { DATABASE_URL = '', STATE = '' } = process.env;
const logger = createLogger('bench-sealer', 'error');
const pool = connectPostgres({ url: DATABASE_URL, service: 'bench', logger });
const log = openEventLog({ pool, logger, schemas: {} });
const { privateKey } = generateKeyPairSync('ed25519');
const places = [headsFile(join(STATE, 'heads.ndjson'), createPublicKey(privateKey))];
let sealer: Sealer | undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', async (what: 'seal' | 'rest') => {
  await sealer?.close();
  sealer = what === 'seal' ? startSealer({ log, pool, logger, key: privateKey, places }) : undefined;
  process.send?.(what);
});
