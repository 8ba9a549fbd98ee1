import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { readHead } from '@sightline/event-log/page';
import { readPages } from '@sightline/event-log/read';
import { raw } from '@sightline/event-log/record';
import type { Pool } from 'pg';
import { type Call, type Command, Failure } from './command.ts';
import { callersPath } from './database.ts';
import { header } from './format.ts';
import { counted } from './output.ts';

const help = `Writes the whole log into a file, to the byte: what import takes.

  npm run log -- export log.ndjson           up to the newest event of now; services may go on meanwhile
  npm run log -- export log.ndjson --force   in the place of a file that is there

Until it is complete the file is named log.ndjson.part. It holds the log alone: passwords, keys and cameras' credentials
are no events (docs/runbooks/backup-and-restore.md).
`;

export const exporting: Command = {
  summary: 'the whole log into a file, to the byte',
  help,
  options: { force: { type: 'boolean' } },
  run: async (call) => {
    const [name, ...more] = call.words;
    if (!name || more.length > 0) throw new Failure('Expected one file to write.', 'npm run log -- export log.ndjson');
    const path = callersPath(name);
    const regular = await mayWrite(path, call.options.force === true);
    // A device or a pipe is what it is: nothing can be moved there.
    const part = regular ? `${path}.part` : path;
    try {
      const events = await write(call, part);
      if (regular) await rename(part, path);
      call.output.result({ events, file: path }, `${counted(events)} events written to ${path}.`);
    } catch (error) {
      if (regular) await rm(part, { force: true }).catch(() => undefined);
      throw error;
    }
  },
};

/** Whether it is, or becomes, an ordinary file. */
async function mayWrite(path: string, force: boolean): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (found?.isDirectory()) throw new Failure(`${path} is a folder.`, 'name a file in it');
  if (found?.isFile() && !force)
    throw new Failure(`${path} is there already.`, 'choose another name, or write over it with --force');
  return !found || found.isFile();
}

async function write({ pool, output, signal }: Call, path: string): Promise<number> {
  const head = await readHead(pool);
  await pipeline(contents(pool, head, output.progress), createWriteStream(path), { signal }).catch((error: unknown) => {
    if (signal.aborted) throw new Failure('Stopped before the end: nothing is kept.', 'run the command again');
    throw error;
  });
  return head;
}

async function* contents(pool: Pool, head: number, progress: (text: string) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const hashed = (text: string) => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    return bytes;
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  for await (const page of readPages(pool, raw, { before: head + 1 })) {
    yield hashed(page.map((event) => `${JSON.stringify(event)}\n`).join(''));
    progress(`${counted(page.at(-1)?.position ?? 0)} of ${counted(head)} events`);
  }
  yield Buffer.from(`${JSON.stringify({ events: head, sha256: hash.digest('hex') })}\n`);
}
