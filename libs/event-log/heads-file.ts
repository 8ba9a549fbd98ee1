import type { KeyObject } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SealHead } from '@sightline/contracts';
import { assertFollows, InvalidHeads, parseHead } from './head.ts';

/** A place outside the database where signed heads are kept. */
export interface HeadsPlace {
  name: string;
  /** The newest head there; undefined when there is none. Throws when what is there is no head of this key. */
  last(): Promise<SealHead | undefined>;
  put(heads: readonly SealHead[]): Promise<void>;
}

/** Longer than any head. */
const tailBytes = 2_048;

/** A file with a head a line. A line that a crash cut off is written anew. */
export function headsFile(path: string, key: KeyObject): HeadsPlace {
  return {
    name: path,
    last: () => withFile(path, 'a+', async (file) => lastHead(await tailOf(file), key)),
    put: (heads) =>
      withFile(path, 'r+', async (file) => {
        const { size } = await file.stat();
        const tail = await tailOf(file);
        const end = size - (tail.length - (tail.lastIndexOf(0x0a) + 1));
        await file.truncate(end);
        await file.write(Buffer.from(heads.map((head) => `${JSON.stringify(head)}\n`).join('')), 0, null, end);
        await file.datasync();
      }),
  };
}

async function withFile<Result>(path: string, flags: string, work: (file: FileHandle) => Promise<Result>) {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, flags, 0o644);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function tailOf(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, tailBytes);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer;
}

function lastHead(tail: Buffer, key: KeyObject): SealHead | undefined {
  const whole = tail
    .subarray(0, tail.lastIndexOf(0x0a) + 1)
    .toString()
    .trimEnd();
  const line = whole.slice(whole.lastIndexOf('\n') + 1);
  return line === '' ? undefined : parseHead(line, key);
}

/**
 * Every head of a file in order, each checked: signed by this key, none missing, none cut off. The same line twice is once.
 * Throws {@link InvalidHeads}, also for a file that is missing or empty.
 */
export async function* readHeads(path: string, key: KeyObject): AsyncGenerator<SealHead> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new InvalidHeads(`the heads cannot be read from ${path}: ${error.code}`);
  });
  let last: SealHead | undefined;
  try {
    if (await cutOff(file)) throw new InvalidHeads(`${path} ends in the middle of a line: it was cut off`);
    for await (const line of file.readLines({ start: 0, autoClose: false })) {
      const head = parseHead(line, key);
      if (head.signature === last?.signature) continue;
      assertFollows(head, last);
      yield head;
      last = head;
    }
  } finally {
    await file.close();
  }
  if (!last) throw new InvalidHeads(`${path} is empty`);
}

async function cutOff(file: FileHandle): Promise<boolean> {
  const tail = await tailOf(file);
  return tail.length > 0 && tail.at(-1) !== 0x0a;
}
