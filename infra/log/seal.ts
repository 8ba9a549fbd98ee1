import { wishForHead } from '@sightline/event-log';
import { readHead } from '@sightline/event-log/page';
import { lastKeptHead } from '@sightline/event-log/seals';
import { pause } from '@sightline/service/nats';
import type { Pool } from 'pg';
import { type Command, Failure } from './command.ts';
import { counted } from './output.ts';

const help = `Asks the registry to sign where the log stands now, rather than within the minute.

  npm run log -- seal            waits until it is signed, at most 30 seconds
`;

const patienceMs = 30_000;

export const seal: Command = {
  summary: 'sign where the log stands, at once',
  help,
  options: {},
  run: async ({ pool, output, signal }) => {
    const position = await readHead(pool);
    await wishForHead(pool);
    const deadline = Date.now() + patienceMs;
    while ((await sealedUpTo(pool)) < position) {
      if (Date.now() > deadline || signal.aborted)
        throw new Failure(
          'No head was signed in time.',
          'see whether the registry runs, and what its log says of the sealer',
        );
      await pause(100, signal);
    }
    output.result({ sealed: position }, `Signed up to position ${counted(position)}.`);
  },
};

async function sealedUpTo(pool: Pool): Promise<number> {
  const head = await lastKeptHead(pool);
  return head ? JSON.parse(head.text).position : 0;
}
