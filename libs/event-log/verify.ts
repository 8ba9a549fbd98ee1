import type { SealHead } from '@sightline/contracts';
import type { ClientBase, Pool } from 'pg';
import { beginning, type Link, link } from './chain.ts';
import { InvalidHeads } from './head.ts';
import { readPage } from './page.ts';
import { raw } from './record.ts';
import { lastKeptHead, readSeals, type Seal } from './seals.ts';
import type { RawEvent } from './types.ts';

/**
 * The first event that is not as it was sealed. `rewritten`: the chain in the database was made anew to fit, or taken away, so that the
 * event is one of those from `position` up to `upTo`; otherwise the two are the same.
 */
export interface Fault {
  kind: 'changed' | 'removed' | 'inserted' | 'reordered' | 'rewritten';
  position: number;
  upTo: number;
  /** Id of the event that stood there when it was sealed, as far as the database still says. */
  id?: string;
}

/** What a log is worth under its heads. `sealed` is how far they reach, `unsealed` how many events are newer. */
export interface Verdict {
  fault?: Fault;
  sealed: number;
  unsealed: number;
  heads: number;
}

interface VerifyOptions {
  /** Heads from outside the database, checked, as `readHeads` gives them. */
  heads: AsyncIterable<SealHead>;
  /** The heads are an older copy: that the database knows of newer ones is no error. */
  older?: boolean;
  onProgress?(position: number): void;
}

const pageSize = 2_000;
/** A head that is so young may still be on its way outside. */
const graceMs = 10_000;

/**
 * Reads the whole log once, in pages, and compares it with heads that were kept outside. Throws `InvalidHeads` when these
 * prove nothing.
 */
export async function verifyLog(client: Pool | ClientBase, options: VerifyOptions): Promise<Verdict> {
  const { older = false, onProgress } = options;
  const kept = older ? undefined : await lastKeptHead(client);
  const heads = options.heads[Symbol.asyncIterator]();
  const scan = new Scan(heads);
  try {
    await scan.begin();
    const before = await beforeTheFirst(client);
    if (before) return { ...scan.verdict(), fault: before };
    for (let after = 0, ahead = page(client, 0); ; ) {
      const { items, next, atEnd, astray } = await ahead;
      after = next;
      if (!atEnd) {
        ahead = page(client, after);
        ahead.catch(() => undefined);
      }
      const suspect = await scan.take(items);
      onProgress?.(after);
      if (suspect) return { ...scan.verdict(), fault: await locate(client, suspect) };
      if (astray) return { ...scan.verdict(), fault: astray };
      if (atEnd) break;
    }
    const suspect = scan.end();
    if (suspect) return { ...scan.verdict(), fault: await locate(client, suspect) };
    assertComplete(scan.verdict(), kept);
    return scan.verdict();
  } finally {
    await heads.return?.();
  }
}

/** Positions count from 1: whatever stands before was put there. */
async function beforeTheFirst(client: Pool | ClientBase): Promise<Fault | undefined> {
  const { rows } = await client.query<{ position: number }>(
    'select global_position as position from log.events where global_position < 1 order by 1 limit 1',
  );
  const position = rows[0]?.position;
  return position === undefined ? undefined : { kind: 'inserted', position, upTo: position };
}

async function page(client: Pool | ClientBase, after: number) {
  const [found, { changed, events }] = await Promise.all([
    readPage(client, raw, { after, limit: pageSize }),
    readUnchained(client, after),
  ]);
  const crowded = found.items.length === pageSize && events > pageSize;
  const astray: Fault | undefined =
    changed !== null
      ? { kind: 'changed', position: changed, upTo: changed }
      : crowded
        ? { kind: 'inserted', position: found.next, upTo: found.next }
        : undefined;
  return { ...found, astray };
}

/** What the chain cannot see of a page: a category that is not the stream's, and a second event at its last position. */
async function readUnchained(client: Pool | ClientBase, after: number) {
  const { rows } = await client.query<{ changed: number | null; events: number }>(
    `select count(*) as events,
            min(global_position) filter (where category is distinct from split_part(stream_id, '-', 1)) as changed
       from log.events where global_position > $1 and global_position <= $2`,
    [after, after + pageSize],
  );
  return rows[0] ?? { changed: null, events: 0 };
}

/** Where the log was right for the last time, and the head that it contradicts; none where a position is missing that no head covers. */
interface Suspect {
  from: Link;
  upTo: number;
  /** A position at which another event stands as well. */
  second?: number;
}

/** The chain over what is read, beside the heads. */
class Scan {
  readonly #heads: AsyncIterator<SealHead>;
  #next: SealHead | undefined;
  #tip: Link = beginning;
  #good: Link = beginning;
  #count = 0;

  constructor(heads: AsyncIterator<SealHead>) {
    this.#heads = heads;
  }

  async begin(): Promise<void> {
    await this.#advance();
    if (!this.#next) throw new InvalidHeads('there are no heads');
  }

  async take(events: readonly RawEvent[]): Promise<Suspect | undefined> {
    for (const event of events) {
      if (event.position === this.#tip.position) return { ...this.#suspect(event.position), second: event.position };
      if (event.position !== this.#tip.position + 1) return this.#suspect(event.position - 1);
      this.#tip = { position: event.position, hash: this.#next ? link(this.#tip.hash, event) : '' };
      if (event.position !== this.#next?.position) continue;
      if (this.#tip.hash !== this.#next.hash) return this.#suspect(event.position);
      this.#good = this.#tip;
      this.#count += 1;
      await this.#advance();
    }
    return undefined;
  }

  /** Called after the last event. */
  end(): Suspect | undefined {
    return this.#next && this.#suspect(this.#next.position);
  }

  verdict(): Verdict {
    const sealed = this.#good.position;
    return { sealed, unsealed: this.#next ? 0 : this.#tip.position - sealed, heads: this.#count };
  }

  #suspect(otherwise: number): Suspect {
    return this.#next
      ? { from: this.#good, upTo: this.#next.position }
      : { from: { position: this.#tip.position, hash: '' }, upTo: otherwise };
  }

  async #advance(): Promise<void> {
    const { done, value } = await this.#heads.next();
    this.#next = done ? undefined : value;
  }
}

function assertComplete({ heads }: Verdict, kept: { number: number; text: string } | undefined): void {
  if (!kept || kept.number <= heads) return;
  const { signedAt } = JSON.parse(kept.text) as SealHead;
  if (Date.now() - Date.parse(signedAt) > graceMs)
    throw new InvalidHeads(`the heads end with ${heads}, but ${kept.number} were signed: they were cut off`);
}

/** The first position where the log and the chain in the database part. */
async function locate(client: Pool | ClientBase, { from, upTo, second }: Suspect): Promise<Fault> {
  const inserted: Fault | undefined =
    second === undefined ? undefined : { kind: 'inserted', position: second, upTo: second };
  if (from.hash === '') return inserted ?? { kind: 'removed', position: from.position + 1, upTo };
  const rewritten: Fault = { kind: 'rewritten', position: from.position + 1, upTo };
  let tip = from;
  while (tip.position < upTo) {
    const last = Math.min(upTo, tip.position + pageSize);
    const seals = await readSeals(client, { after: tip.position, upTo: last });
    const { items } = await readPage(client, raw, { after: tip.position, before: last + 1, limit: pageSize });
    for (let index = 0; tip.position < last; index += 1) {
      const [event, seal] = [items[index], seals[index]];
      const position = tip.position + 1;
      if (seal?.position !== position) return rewritten;
      if (event && event.position < position)
        return { kind: 'inserted', position: event.position, upTo: event.position };
      if (event?.position !== position) return { ...at(position, seal), kind: 'removed' };
      const hash = link(tip.hash, event);
      if (hash !== seal.hash) return { ...at(position, seal), kind: await kindOf(client, event, seal) };
      tip = { position, hash };
    }
  }
  return inserted ?? rewritten;
}

const at = (position: number, { id }: Seal) => ({ position, upTo: position, id });

/** What happened at a position, told by which event stands there now and which stood there. */
async function kindOf(client: Pool | ClientBase, event: RawEvent, seal: Seal): Promise<Fault['kind']> {
  if (event.id === seal.id) return 'changed';
  const { rows } = await client.query<{ was: boolean; is: boolean }>(
    'select exists (select from log.seals where id = $1) as was, exists (select from log.events where id = $2) as is',
    [event.id, seal.id],
  );
  if (!rows[0]?.is) return rows[0]?.was ? 'removed' : 'changed';
  return rows[0].was ? 'reordered' : 'inserted';
}
