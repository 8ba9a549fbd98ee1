import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { headers, streams } from '@sightline/contracts';
import { listParked, listRebuilds } from '@sightline/event-log';
import { compare, type Difference, sum } from './checker.ts';
import { allStreams, followedPath, meantPath } from './plan.ts';
import type { Run } from './run.ts';
import { countIn, idsIn } from './tally.ts';

/** What one end has, and how it differs from what it must have. */
export interface End extends Difference {
  end: string;
  events: number;
}

/** Whether every end has come as far as the log, and nobody has work left. */
export async function allAtEnd(run: Run): Promise<boolean> {
  const { rows } = await run.pool.query<{ head: string; consumer: string; projection: string }>(
    `select (select max(global_position) from log.events) as head,
       (select position from registry.checkpoints where name = 'consumer chaos') as consumer,
       (select position from registry.checkpoints where name = 'chaos') as projection`,
  );
  const [row] = rows;
  const followed = countIn(followedPath(run.folder)) >= Number(row?.head);
  const settled = row && followed && row.head === row.consumer && row.head === row.projection;
  return (
    settled === true &&
    (await listRebuilds(run.pool, 'registry')).length === 0 &&
    (await lastCopied(run)) === Number(row.head)
  );
}

/** Compares the log with the tallies, and each other end with the log. */
export async function readEnds(run: Run): Promise<End[]> {
  const { rows } = await run.pool.query<{ position: string; stream: string; id: string }>(
    'select global_position as position, stream_id as stream, id from log.events order by global_position',
  );
  const ids = rows.map(({ id }) => id);
  const byStream = Map.groupBy(rows, ({ stream }) => stream);
  const inLog = allStreams.map((stream) =>
    compare(
      idsIn(meantPath(run.folder, stream)),
      (byStream.get(stream) ?? []).map(({ id }) => id),
    ),
  );
  const gaps = rows.filter(({ position }, index) => Number(position) !== index + 1).length;
  const end = (name: string, found: string[]): End => ({ end: name, events: found.length, ...compare(ids, found) });
  const parked = (await listParked(run.pool, { schema: 'registry' })).length;
  const consumer = end('consumer', await idsOf(run, 'select id from registry.consumed order by n'));
  const projection = end('projection', await idsOf(run, 'select id from registry.projected order by position'));
  const overtaken = await run.pool.query('select from registry.projected where after >= position');
  return [
    { end: 'log', events: ids.length, ...sum([...inLog, { lost: gaps, twice: 0, outOfOrder: 0 }]) },
    end('JetStream', await copied(run)),
    end('follower of JetStream', idsIn(followedPath(run.folder))),
    { ...consumer, lost: consumer.lost + parked },
    { ...projection, outOfOrder: projection.outOfOrder + (overtaken.rowCount ?? 0) },
  ];
}

async function idsOf({ pool }: Run, query: string): Promise<string[]> {
  return (await pool.query<{ id: string }>(query)).rows.map(({ id }) => id);
}

const connectTo = ({ stack }: Run) =>
  connect({ servers: `127.0.0.1:${stack.ports.nats}`, user: 'admin', pass: stack.secrets.nats.admin ?? '' });

async function lastCopied(run: Run): Promise<number> {
  const nats = await connectTo(run);
  try {
    const last = await (await jetstreamManager(nats)).streams.getMessage(streams.log.name, { last_by_subj: '>' });
    return Number(last?.header.get(headers.position));
  } finally {
    await nats.close();
  }
}

/** The event ids in the stream from its first message to its last. */
async function copied(run: Run): Promise<string[]> {
  const nats = await connectTo(run);
  const ids: string[] = [];
  const { state } = await (await jetstreamManager(nats)).streams.info(streams.log.name);
  const consumer = await jetstream(nats).consumers.get(streams.log.name, { deliver_policy: DeliverPolicy.All });
  for await (const message of await consumer.consume({ max_messages: 5_000 })) {
    ids.push(message.headers?.get('Nats-Msg-Id') ?? '');
    if (message.seq >= state.last_seq) break;
  }
  await nats.close();
  return ids;
}
