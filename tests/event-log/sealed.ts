import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { type HeadsPlace, headsFile, readHeads, startSealer, verifyLog, wishForHead } from '@sightline/event-log';
import type { Logger } from '@sightline/service';
import type { ClientBase } from 'pg';
import { type LogStack, logger, until } from './stack.ts';

export const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** The log's seal on a real stack: heads in a file of the stack's state folder. */
export function sealOf(stack: LogStack, more: readonly HeadsPlace[] = []) {
  const path = join(stack.stack.state, 'heads', 'heads.ndjson');
  const file = headsFile(path, publicKey);
  const start = (told: Logger = logger) => {
    const { log } = stack.open();
    const sealer = startSealer({ log, pool: stack.admin, logger: told, key: privateKey, places: [file, ...more] });
    stack.closing(() => sealer.close());
    return sealer;
  };
  return {
    path,
    start,
    /** Asks for a head, and waits until one outside covers a position. */
    upTo: async (position: number) => {
      await wishForHead(stack.admin);
      await until(`a head at ${position}`, async () => ((await file.last())?.position ?? 0) >= position);
    },
    verify: (client: ClientBase | LogStack['admin'] = stack.admin, heads = path) =>
      verifyLog(client, { heads: readHeads(heads, publicKey) }),
  };
}
