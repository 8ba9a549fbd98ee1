import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { Stack } from '@sightline/infra/embedded/stack';
import { execa } from 'execa';
import { Client } from 'pg';
import { natsAsAdmin } from './kv.ts';

const main = join(import.meta.dirname, '..', '..', 'infra', 'log', 'main.ts');

export const databaseUrl = ({ secrets, ports }: Stack) =>
  `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`;

/** What the log's command prints for a stack; throws when it fails. */
export async function logCommand(stack: Stack, ...args: string[]): Promise<string> {
  const env = { DATABASE_URL: databaseUrl(stack), SIGHTLINE_STATE: stack.state, INIT_CWD: stack.state };
  return (await execa(process.execPath, [main, ...args], { env })).stdout;
}

/** Everything that a stack has written down, by its place: tables, streams and buckets, an export, log files. */
export async function writtenBy(stack: Stack): Promise<Map<string, string>> {
  await logCommand(stack, 'export', 'export.ndjson');
  return new Map([
    ...(await tables(stack)),
    ...(await streamsOf(stack)),
    ['export', await readFile(join(stack.state, 'export.ndjson'), 'utf8')],
    ...(await logs(join(stack.state, 'logs'))),
  ]);
}

/** Each table's rows as text; of bytes, what they say. */
async function tables(stack: Stack): Promise<[string, string][]> {
  const client = new Client({ connectionString: databaseUrl(stack) });
  await client.connect();
  try {
    await client.query("set bytea_output = 'escape'");
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: [string, string][] = [];
    for (const { name } of rows) {
      const all = await client.query<{ text: string }>(
        `select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`,
      );
      found.push([`table ${name}`, all.rows[0]?.text ?? '']);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The messages of each stream and bucket that has any, as text. */
export async function streamsOf(stack: Stack): Promise<Map<string, string>> {
  const nats = await natsAsAdmin(stack);
  try {
    const infos = await (await jetstreamManager(nats)).streams.list().next();
    const found = new Map<string, string>();
    for (const { config, state } of infos.filter(({ state: { messages } }) => messages > 0)) {
      const texts: string[] = [];
      const consumer = await jetstream(nats).consumers.get(config.name);
      for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 5_000 }))
        texts.push(message.string());
      found.set(config.name, texts.join('\n'));
    }
    return found;
  } finally {
    await nats.close();
  }
}

async function logs(folder: string): Promise<[string, string][]> {
  return Promise.all(
    (await readdir(folder)).map(
      async (name) => [`log ${name}`, await readFile(join(folder, name), 'utf8')] as [string, string],
    ),
  );
}
