import { randomInt, randomUUID } from 'node:crypto';
import { beginning } from '@sightline/event-log/chain';
import { readPage } from '@sightline/event-log/page';
import { raw } from '@sightline/event-log/record';
import { sealsOf, writeSeals } from '@sightline/event-log/seals';
import type { PoolClient } from 'pg';
import { sealOf } from '../../tests/event-log/sealed.ts';
import { noted, startLog, upTo } from '../../tests/event-log/stack.ts';

interface Outcome {
  /** Tamperings that verify did not call intact. */
  found: number;
  /** Times that it said so of a log that nobody had touched. */
  falseAlarms: number;
  /** Times that it named another position than the first that was touched. */
  misnamed: number;
  kinds: Record<string, number>;
}

/** Does something to the log at random; answers the first position that is not as it was. */
type Tamper = (client: PoolClient, length: number) => Promise<number>;

const position = (length: number, from = 1) => randomInt(from, length + 1);
const aside = 1_000_000_000;

/** An expression that gives each column another value than it had. */
const otherValues = {
  data: `replace(data, 'note', 'n0te')`,
  metadata: `metadata || ' '`,
  type: `'Counted'`,
  stream_id: `'note-x'`,
  stream_position: `stream_position + ${aside}`,
  id: 'gen_random_uuid()',
  occurred_at: `occurred_at + interval '1 microsecond'`,
  recorded_at: `recorded_at - interval '1 microsecond'`,
};

const update: Tamper = async (client, length) => {
  const columns = Object.entries(otherValues);
  const [column, value] = columns[randomInt(columns.length)] ?? [];
  const at = position(length);
  await client.query(`update log.events set ${column} = ${value} where global_position = $1`, [at]);
  return at;
};

const remove: Tamper = async (client, length) => {
  const at = position(length);
  await client.query('delete from log.events where global_position = $1', [at]);
  return at;
};

const removeAndCloseUp: Tamper = async (client, length) => {
  const at = position(length);
  await client.query('delete from log.events where global_position = $1', [at]);
  await shift(client, at, -1);
  return at;
};

const put = (client: PoolClient, at: number) =>
  client.query(
    `insert into log.events (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
     values ($1, 'note-y', 1, $2, 'Noted', '{"text":"forged"}', '{"schema":1}', now(), now())`,
    [at, randomUUID()],
  );

const insert: Tamper = async (client, length) => {
  const at = position(length);
  await shift(client, at - 1, 1);
  await put(client, at);
  return at;
};

const insertBefore: Tamper = async (client, length) => {
  const at = 1 - position(length);
  await put(client, at);
  return at;
};

const swap: Tamper = async (client, length) => {
  const first = position(length - 1);
  const second = position(length, first + 1);
  for (const [from, to] of [
    [first, aside],
    [second, first],
    [aside, second],
  ])
    await client.query('update log.events set global_position = $2 where global_position = $1', [from, to]);
  return first;
};

const cutEnd: Tamper = async (client, length) => {
  const at = position(length);
  await client.query('delete from log.events where global_position >= $1', [at]);
  return at;
};

const truncate: Tamper = async (client) => {
  await client.query('truncate log.events');
  return 1;
};

/** Nothing reads it through the chain: it is made by the table from the stream's name, until someone takes that away. */
const changeCategory: Tamper = async (client, length) => {
  const at = position(length);
  await client.query('alter table log.events alter column category drop expression');
  await client.query(`update log.events set category = 'other' where global_position = $1`, [at]);
  return at;
};

const insertSecond: Tamper = async (client, length) => {
  const at = position(length);
  await client.query('alter table log.events drop constraint events_pkey cascade');
  await put(client, at);
  return at;
};

const shift = async (client: PoolClient, after: number, by: number) => {
  const move = 'update log.events set global_position = global_position + $2 where global_position > $1';
  await client.query(move, [after, aside]);
  await client.query(move, [aside, by - aside]);
};

const tamperings: Record<string, Tamper> = {
  update,
  remove,
  removeAndCloseUp,
  insert,
  swap,
  cutEnd,
  truncate,
  insertBefore,
  changeCategory,
  insertSecond,
};

/** Makes the chain anew from what stands in the log now, as someone would who has everything but the key. */
async function recomputeChain(client: PoolClient): Promise<void> {
  const { items } = await readPage(client, raw, { limit: 100_000 });
  await client.query('truncate log.seals');
  const once = items.filter((event, index) => event.position !== items[index - 1]?.position);
  if (once.length > 0) await writeSeals(client, sealsOf(once, beginning));
}

/** A log of so many sealed events to tamper with; each tampering is rolled back. */
export async function openTampering(events: number) {
  const stack = await startLog();
  const seal = sealOf(stack);
  const sealer = seal.start();
  const half = Math.floor(events / 2);
  for (const part of [half, events - half]) {
    await stack.log.append(
      'note-a',
      'any',
      upTo(part).map((n) => noted(`note ${n}`)),
    );
    await seal.upTo(await stack.log.read.head());
  }
  await sealer.close();

  const attempt = async (client: PoolClient, how: Tamper, outcome: Outcome) => {
    const recompute = randomInt(3) === 0;
    await client.query('begin');
    const at = await how(client, events);
    if (recompute) await recomputeChain(client);
    const { fault } = await seal.verify(client);
    await client.query('rollback');
    if (!fault) return;
    outcome.found += 1;
    if (fault.position > at || fault.upTo < at) outcome.misnamed += 1;
  };

  return {
    /** Tampers so many times, and looks in between whether the log as it was is still called intact. */
    tamper: async (times: number): Promise<Outcome> => {
      const outcome: Outcome = { found: 0, falseAlarms: 0, misnamed: 0, kinds: {} };
      const client = await stack.admin.connect();
      const names = Object.keys(tamperings);
      for (let time = 0; time < times; time += 1) {
        const name = names[randomInt(names.length)] ?? '';
        const how = tamperings[name];
        if (!how) continue;
        outcome.kinds[name] = (outcome.kinds[name] ?? 0) + 1;
        await attempt(client, how, outcome);
        if (time % 100 === 0 && (await seal.verify(client)).fault) outcome.falseAlarms += 1;
      }
      client.release();
      return outcome;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
