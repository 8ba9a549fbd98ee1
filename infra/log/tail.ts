import type { RawEvent } from '@sightline/event-log';
import { AppendListener } from '@sightline/event-log/append-listener';
import { type PageQuery, readPage } from '@sightline/event-log/page';
import { raw } from '@sightline/event-log/record';
import { createLogger } from '@sightline/service/logger';
import { pause } from '@sightline/service/nats';
import type { Pool } from 'pg';
import { type Call, type Command, numberOption, type Output, textOption } from './command.ts';

const help = `The newest events, and with --follow whatever comes.

  npm run log -- tail                    the last 10
  npm run log -- tail --lines 100 --type CameraMoved --category camera
  npm run log -- tail --after 5000       everything after a position
  npm run log -- tail --follow           until Ctrl-C; a database that goes away is waited for
  npm run log -- tail --json             one event a line
`;

export const tail: Command = {
  summary: 'the newest events, and with --follow whatever comes',
  help,
  options: {
    lines: { type: 'string', short: 'n' },
    after: { type: 'string' },
    type: { type: 'string' },
    category: { type: 'string' },
    follow: { type: 'boolean', short: 'f' },
  },
  run: async ({ pool, options, signal, output }) => {
    const filter = filterOf(options);
    const after = numberOption(options, 'after', { min: 0 });
    const lines = numberOption(options, 'lines', { min: 0 }) ?? 10;
    const position = after ?? (await beforeLast(pool, filter, lines));
    await print({ pool, output, signal }, { ...filter, after: position }, options.follow === true);
  },
};

function filterOf(options: Call['options']): PageQuery {
  const [type, category] = [textOption(options, 'type'), textOption(options, 'category')];
  return {
    types: type === undefined ? undefined : [type],
    categories: category === undefined ? undefined : [category],
  };
}

/** The position after which so many events stand; 0 when there are fewer. */
async function beforeLast(pool: Pool, filter: PageQuery, lines: number): Promise<number> {
  let found = lines;
  let before: number | undefined;
  for (;;) {
    const query = { ...filter, backwards: true, limit: Math.max(1, Math.min(found, 1_000)) };
    const page = await readPage(pool, raw, before === undefined ? query : { ...query, before });
    if (lines === 0) return page.items[0]?.position ?? 0;
    found -= page.items.length;
    if (found <= 0) return (page.items.at(-1)?.position ?? 1) - 1;
    if (page.atEnd) return 0;
    before = page.next;
  }
}

interface Printing extends Pick<Call, 'pool' | 'output' | 'signal'> {}

async function print(call: Printing, query: PageQuery, follow: boolean): Promise<void> {
  const { pool, output, signal } = call;
  const appends = follow ? new AppendListener(pool, createLogger('log command', 'silent')) : undefined;
  let after = query.after ?? 0;
  try {
    while (!signal.aborted) {
      const notifications = appends?.notifications ?? 0;
      const page = await readPage(pool, raw, { ...query, after }).catch((error: unknown) => {
        if (!follow) throw error;
        output.note(`The log cannot be read (${error instanceof Error ? error.message : error}), trying again.`);
      });
      if (!page) {
        await pause(1_000, signal);
        continue;
      }
      for (const event of page.items) line(output, event);
      after = page.next;
      if (page.atEnd && !appends) return;
      if (page.atEnd) await appends?.next(notifications, signal);
    }
  } finally {
    appends?.close();
  }
}

function line(output: Output, event: RawEvent): void {
  const { position, recordedAt, stream, streamPosition, type, data, metadata } = event;
  output.result(
    { ...event, data: JSON.parse(data), metadata: JSON.parse(metadata) },
    `${position}  ${recordedAt}  ${stream} ${streamPosition}  ${type}  ${data}`,
  );
}
