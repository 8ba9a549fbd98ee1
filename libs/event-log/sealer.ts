import { createPublicKey, type KeyObject } from 'node:crypto';
import type { SealHead } from '@sightline/contracts';
import { type Logger, pause } from '@sightline/service';
import type { Pool } from 'pg';
import { beginning, type Link } from './chain.ts';
import { parseHead, signHead } from './head.ts';
import type { HeadsPlace } from './heads-file.ts';
import { leadForEver } from './leader.ts';
import type { EventLog } from './log.ts';
import { readHead, readPage } from './page.ts';
import { raw } from './record.ts';
import { keepHead, lastKeptHead, lastSeal, lastWish, readKeptHeads, readSeals, sealsOf, writeSeals } from './seals.ts';

interface SealerOptions {
  log: EventLog;
  pool: Pool;
  logger: Logger;
  /** Ed25519; see `sealPrivateKey`. */
  key: KeyObject;
  /** Where heads are put, all of them to each. */
  places: readonly HeadsPlace[];
  /** How long events may wait for a head (a minute). */
  everyMs?: number;
}

/** A sealer at work; `lag` is how many events are not yet chained, as far as this copy knows. */
export interface Sealer {
  lag(): number;
  close(): Promise<void>;
}

const batch = 1_000;
/** A sealer works a twentieth of the time, so that those who append hardly feel it; whoever asks for a head has all of it. */
const restAfter = (workedMs: number) => Math.min(1_000, 19 * workedMs);

/**
 * Follows the log, chains every event by hash over its bytes as stored, and signs where the chain stands: every minute in
 * which something came, and when asked (`wishForHead`). One copy works at a time; primary keys keep a paused one from
 * writing. It signs nothing that contradicts a head which stands outside the database.
 */
export function startSealer(options: SealerOptions): Sealer {
  const ended = new AbortController();
  const state = { lag: 0 };
  const { pool, logger } = options;
  const work = (signal: AbortSignal) => seal(options, state, signal);
  const running = leadForEver({ pool, logger, name: 'sealer', signal: ended.signal, work });
  return {
    lag: () => state.lag,
    close: async () => {
      ended.abort();
      await running;
    },
  };
}

async function seal(options: SealerOptions, state: { lag: number }, signal: AbortSignal): Promise<void> {
  const { pool, log, key, everyMs = 60_000 } = options;
  const publicKey = createPublicKey(key);
  const delivery = new Delivery(options, publicKey);
  let head = await newestHead(pool, await delivery.find(), publicKey);
  let tip = await takeUp(pool, head);
  while (!signal.aborted) {
    const { notifications } = log.appends;
    const started = performance.now();
    const seals = sealsOf((await readPage(pool, raw, { after: tip.position, limit: batch })).items, tip);
    assertJoins(tip, seals);
    if (seals.length > 0) await writeSeals(pool, seals);
    tip = seals.at(-1) ?? tip;
    assertAgrees(tip, head, seals);
    state.lag = Math.max(0, (await readHead(pool)) - tip.position);
    const [behind, wish] = [seals.length === batch, await lastWish(pool)];
    if (isDue(tip, head, Date.now() - everyMs) || (!behind && isDue(tip, head, wish))) {
      head = signHead(tip, head, key);
      await keepHead(pool, head);
    }
    if (head) await delivery.bring(head.number);
    if (seals.length > 0 && !isDue(tip, head, wish)) await pause(restAfter(performance.now() - started), signal);
    if (!behind) await log.appends.next(notifications, signal);
  }
}

const isDue = (tip: Link, head: SealHead | undefined, since: number) =>
  tip.position > (head?.position ?? 0) && Date.parse(head?.signedAt ?? '1970-01-01') <= since;

/** The newest head of those outside and the one in the database. */
async function newestHead(pool: Pool, outside: SealHead[], key: KeyObject): Promise<SealHead | undefined> {
  const kept = await lastKeptHead(pool);
  const all = [...outside, ...(kept ? [parseHead(kept.text, key)] : [])];
  return all.sort((a, b) => b.number - a.number)[0];
}

/** Where the chain stands. Throws when it is not the one that was signed. */
async function takeUp(pool: Pool, head: SealHead | undefined): Promise<Link> {
  const tip = (await lastSeal(pool)) ?? beginning;
  if (!head || tip.position < head.position) return tip;
  const [sealed] = await readSeals(pool, { after: head.position - 1, upTo: head.position });
  if (sealed?.hash !== head.hash) throw contradicts(head);
  return tip;
}

const contradicts = (head: SealHead) =>
  new Error(
    `the chain at position ${head.position} is not what head ${head.number} says: run npm run log -- verify, nothing is signed until then`,
  );

function assertJoins(tip: Link, seals: readonly Link[]): void {
  const first = seals[0]?.position ?? tip.position + 1;
  if (first !== tip.position + 1) throw new Error(`expected position ${tip.position + 1} next, got ${first}`);
  const last = seals.at(-1)?.position ?? tip.position;
  if (last !== tip.position + seals.length) throw new Error(`a position up to ${last} is missing`);
}

/** Checks a chain that is made anew, as after an import, when it comes by the head that was signed. */
function assertAgrees(tip: Link, head: SealHead | undefined, seals: readonly Link[]): void {
  if (!head) return;
  const there = seals.find(({ position }) => position === head.position);
  if (there && there.hash !== head.hash) throw contradicts(head);
  if (tip.position < head.position && seals.length < batch)
    throw new Error(
      `the log ends at position ${tip.position}, head ${head.number} was signed at ${head.position}: events were removed, or an older backup was restored`,
    );
}

/** Brings heads to where they are kept; a place that fails is looked at anew and holds nobody up. */
class Delivery {
  readonly #options: SealerOptions;
  readonly #key: KeyObject;
  readonly #numbers = new Map<HeadsPlace, number>();

  constructor(options: SealerOptions, key: KeyObject) {
    this.#options = options;
    this.#key = key;
  }

  /** The newest head of each place that has one. */
  async find(): Promise<SealHead[]> {
    const found = await Promise.all(this.#options.places.map((place) => place.last()));
    return found.filter((head) => head !== undefined);
  }

  async bring(upTo: number): Promise<void> {
    await Promise.all(
      this.#options.places.map((place) =>
        this.#bringTo(place, upTo).catch((error: unknown) => {
          this.#numbers.delete(place);
          this.#options.logger.warn({ err: error, place: place.name }, 'heads could not be put outside, trying again');
        }),
      ),
    );
  }

  async #bringTo(place: HeadsPlace, upTo: number): Promise<void> {
    let number = this.#numbers.get(place) ?? (await place.last())?.number ?? 0;
    while (number < upTo) {
      const heads = await readKeptHeads(this.#options.pool, number, this.#key);
      if (heads.length === 0) break;
      await place.put(heads);
      number = heads.at(-1)?.number ?? upTo;
    }
    this.#numbers.set(place, number);
  }
}
