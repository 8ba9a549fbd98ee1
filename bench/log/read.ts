import { generateKeyPairSync } from 'node:crypto';
import type { SealHead } from '@sightline/contracts';
import { type EventLog, verifyLog } from '@sightline/event-log';
import { beginning } from '@sightline/event-log/chain';
import { signHead } from '@sightline/event-log/head';
import { sealsOf } from '@sightline/event-log/seals';
import type { Pool } from 'pg';
import Cursor from 'pg-cursor';
import type { Goal } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';
import { inRounds, ratio } from './rounds.ts';
import type { Stage } from './stage.ts';

interface BareRow {
  data: string;
  metadata: string;
}

const text = `select global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at
  from log.events order by global_position`;

/** The whole log read in order, as events, beside a bare cursor over the same columns of the same table. */
export async function measureReads(
  stage: Stage,
  load: { rounds: number; seconds: number },
): Promise<{ rows: Record<string, string | number>[]; goals: Goal[] }> {
  const pool = await stage.database();
  const log = stage.log(pool);
  const head = await sign(log);
  const results = await inRounds(
    {
      ours: perSecond(() => byPages(log)),
      cursor: perSecond(() => byCursor(pool, ({ data, metadata }) => [JSON.parse(data), JSON.parse(metadata)])),
      raw: perSecond(() => byRaw(log)),
      verified: perSecond(() => byVerify(pool, head)),
      rawCursor: perSecond(() => byCursor(pool, (row) => row)),
    },
    load,
  );
  const of = (name: keyof typeof results) => Math.round(median(results[name]));
  return {
    rows: [
      { what: 'read, JSON parsed', unit: 'events/s', Sightline: of('ours'), limit: of('cursor') },
      { what: 'read as text', unit: 'events/s', Sightline: of('raw'), limit: of('rawCursor') },
      { what: 'verify against a head', unit: 'events/s', Sightline: of('verified'), limit: of('raw') },
    ],
    goals: [
      { name: 'read_vs_cursor', value: ratio(results.ours, results.cursor), atLeast: 0.7 },
      { name: 'verify_vs_read', value: ratio(results.verified, results.raw), atLeast: 0.7 },
    ],
  };
}

const perSecond = (readAll: () => Promise<number>) => async (seconds: number) => {
  const started = performance.now();
  let done = 0;
  do done += await readAll();
  while (performance.now() < started + seconds * 1_000);
  return (done / (performance.now() - started)) * 1_000;
};

async function byPages(log: EventLog): Promise<number> {
  let count = 0;
  for await (const page of log.read.pages()) count += page.length;
  return count;
}

async function byRaw(log: EventLog): Promise<number> {
  let count = 0;
  for await (const page of log.read.raw()) count += page.length;
  return count;
}

/** A head of all that the log holds now. */
async function sign(log: EventLog): Promise<SealHead> {
  let tip = beginning;
  for await (const page of log.read.raw()) tip = sealsOf(page, tip).at(-1) ?? tip;
  return signHead(tip, undefined, generateKeyPairSync('ed25519').privateKey);
}

async function byVerify(pool: Pool, head: SealHead): Promise<number> {
  const heads = (async function* () {
    yield head;
  })();
  const { fault, sealed } = await verifyLog(pool, { heads });
  if (fault) throw new Error(`Expected an intact log, got ${JSON.stringify(fault)}.`);
  return sealed;
}

async function byCursor(pool: Pool, item: (row: BareRow) => unknown): Promise<number> {
  const client = await pool.connect();
  const cursor = client.query(new Cursor<BareRow>(text));
  let count = 0;
  for (;;) {
    const rows = await cursor.read(1_000);
    if (rows.length === 0) break;
    count += rows.map(item).length;
  }
  await cursor.close();
  client.release();
  return count;
}
