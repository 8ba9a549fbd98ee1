import { readFile } from 'node:fs/promises';
import { type Fault, InvalidHeads, readHeads, sealPublicKey, type Verdict, verifyLog } from '@sightline/event-log';
import { readHead } from '@sightline/event-log/page';
import { type Call, type Command, Failure, textOption } from './command.ts';
import { callersPath, ownHeads } from './database.ts';
import { counted } from './output.ts';

const help = `Compares every event with the signed heads that are kept outside the database, and names the first one that was
changed, removed, inserted or reordered. Ends with 1 when one was, or when the heads prove nothing.

  npm run log -- verify                                      with the heads and the key of npm start
  npm run log -- verify --heads heads.ndjson --key key.txt   with those that an auditor keeps
  npm run log -- verify --heads march.ndjson --older         with a copy of the heads that was taken some time ago

--key is a file with the public key: Ed25519, SPKI in DER as base64 (docs/runbooks/audit-the-log.md). What is newer than the
last head is said to be not yet sealed; npm run log -- seal asks for a head at once.
`;

export const verify: Command = {
  summary: 'whether anything was changed since it was sealed',
  help,
  options: { heads: { type: 'string' }, key: { type: 'string' }, older: { type: 'boolean' } },
  run: async (call) => {
    const { path, key } = await headsOf(call.options);
    const head = await readHead(call.pool);
    const verdict = await compare(call, { path, key, head });
    const { fault, ...sealed } = verdict;
    call.output.result({ intact: !fault, ...verdict }, fault ? faultText(fault, sealed) : text(verdict));
    if (fault) process.exitCode = 1;
  },
};

async function headsOf(options: Call['options']): Promise<{ path: string; key: string }> {
  const [heads, key] = [textOption(options, 'heads'), textOption(options, 'key')];
  const own = heads && key ? undefined : await ownHeads();
  return {
    path: heads ? callersPath(heads) : (own?.path ?? ''),
    key: key ? (await readFile(callersPath(key), 'utf8')).trim() : (own?.key ?? ''),
  };
}

async function compare(
  { pool, options, output }: Call,
  { path, key, head }: { path: string; key: string; head: number },
): Promise<Verdict> {
  try {
    return await verifyLog(pool, {
      heads: readHeads(path, publicKey(key)),
      older: options.older === true,
      onProgress: (position) => output.progress(`${counted(position)} of ${counted(head)} events`),
    });
  } catch (error) {
    if (!(error instanceof InvalidHeads)) throw error;
    const hint =
      'take the heads from where they are kept besides (stream SEAL, the auditor’s copy), and look who was here';
    throw new Failure(`Nothing was proved: ${error.message}.`, hint, { cause: error });
  }
}

function publicKey(text: string) {
  try {
    return sealPublicKey(text);
  } catch (error) {
    throw new Failure('The key is no Ed25519 public key (SPKI in DER, base64).', 'check --key', { cause: error });
  }
}

const text = ({ sealed, unsealed, heads }: Verdict) =>
  `Intact: events 1 to ${counted(sealed)} are as they were sealed (${counted(heads)} heads).${
    unsealed > 0 ? `\nNot yet sealed: ${counted(unsealed)} events after position ${counted(sealed)}.` : ''
  }`;

function faultText({ kind, position, upTo, id }: Fault, { sealed }: Verdict): string {
  const event = id ? ` (event ${id} was sealed there)` : '';
  const what =
    kind === 'rewritten'
      ? `NOT INTACT: something from position ${counted(position)} to ${counted(upTo)} was changed, and the chain in the database made anew to fit.`
      : `NOT INTACT: at position ${counted(position)} the event was ${kind}${event}.`;
  return `${what}\nUp to position ${counted(sealed)} everything is as it was sealed.`;
}
