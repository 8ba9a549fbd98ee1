import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { SealHead } from '@sightline/contracts';
import { headsStream, InvalidHeads, wishForHead } from '@sightline/event-log';
import { createLogger } from '@sightline/service';
import { execa } from 'execa';
import { publicKey, sealOf } from './sealed.ts';
import { type LogStack, noted, startLog, until, upTo } from './stack.ts';

const main = join(import.meta.dirname, '..', '..', 'infra', 'log', 'main.ts');

describe('the seal of the log', { timeout: 120_000 }, () => {
  let stack: LogStack;
  let seal: ReturnType<typeof sealOf>;
  const append = (count: number) =>
    stack.log.append(
      'note-a',
      'any',
      upTo(count).map((n) => noted(`note ${n}`)),
    );
  before(async () => {
    stack = await startLog(['postgres', 'nats']);
    seal = sealOf(stack, [headsStream(await stack.nats(), publicKey)]);
    seal.start();
    seal.start();
    await append(700);
    await seal.upTo(700);
    await append(800);
    await seal.upTo(1_500);
  });
  after(() => stack[Symbol.asyncDispose]());

  test('covers the log up to the last head, and says what is newer', async () => {
    await append(3);
    const verdict = await seal.verify();
    assert.equal(verdict.fault, undefined);
    assert.deepEqual([verdict.sealed, verdict.unsealed], [1_500, 3]);
    await seal.upTo(1_503);
    assert.deepEqual((await seal.verify()).unsealed, 0);
  });

  test('puts the same heads into JetStream, where nothing can be taken out', async () => {
    const manager = await jetstreamManager(await stack.nats(), { checkAPI: false });
    const lines = (await readFile(seal.path, 'utf8')).trimEnd().split('\n');
    await until(
      'all heads are in the stream',
      async () => (await manager.streams.info('SEAL')).state.messages === lines.length,
    );
    const last = await manager.streams.getMessage('SEAL', { last_by_subj: 'seal.log' });
    assert.equal(last?.string(), lines.at(-1));
    const { config } = await manager.streams.info('SEAL');
    assert.deepEqual([config.deny_delete, config.deny_purge], [true, true]);
  });

  const spoilt: [string, (lines: string[]) => string, RegExp][] = [
    ['empty', () => '', /empty/],
    ['cut off in a line', (lines) => lines.join('\n').slice(0, -5), /middle of a line/],
    ['without its first head', (lines) => `${lines.slice(1).join('\n')}\n`, /expected head 1 next, got 2/],
    ['without the one between', (lines) => `${lines.toSpliced(1, 1).join('\n')}\n`, /some are missing/],
    [
      'with a head changed',
      (lines) => `${lines.join('\n').replace('"position":700', '"position":701')}\n`,
      /signature/,
    ],
  ];
  for (const [how, spoil, why] of spoilt) {
    test(`proves nothing by a heads file that is ${how}`, async () => {
      const path = join(stack.stack.state, 'spoilt.ndjson');
      const lines = (await readFile(seal.path, 'utf8')).trimEnd().split('\n');
      await writeFile(path, spoil(lines));
      await assert.rejects(
        seal.verify(stack.admin, path),
        (error) => error instanceof InvalidHeads && why.test(error.message),
      );
    });
  }

  test('proves nothing by a heads file that is missing, or that ends before the newest head', async () => {
    const lines = (await readFile(seal.path, 'utf8')).trimEnd().split('\n');
    const path = join(stack.stack.state, 'short.ndjson');
    await assert.rejects(seal.verify(stack.admin, path), /ENOENT/);
    await writeFile(path, `${lines.slice(0, -1).join('\n')}\n`);
    await stack.admin.query(
      `update log.seal_heads set head = jsonb_set(head::jsonb, '{signedAt}', '"2026-01-01T00:00:00.000Z"')::text where number = $1`,
      [lines.length],
    );
    await assert.rejects(seal.verify(stack.admin, path), /they were cut off/);
    await stack.admin.query('update log.seal_heads set head = $2 where number = $1', [lines.length, lines.at(-1)]);
  });

  test('signs nothing that contradicts a head outside, and says so', async (t) => {
    const spare = await startLog();
    try {
      const own = sealOf(spare);
      const first = own.start();
      await spare.log.append('note-b', 'none', [noted('one'), noted('two')]);
      await own.upTo(2);
      await first.close();
      await spare.admin.query(`update log.seals set hash = sha256('forged') where global_position = 2`);
      const told = createLogger('sealer', 'silent');
      const warned = t.mock.method(told, 'warn');
      await spare.log.append('note-b', 'any', [noted('three')]);
      await wishForHead(spare.admin);
      const second = own.start(told);
      await until('the sealer has said so twice', async () => warned.mock.callCount() >= 2);
      await second.close();
      for (const { arguments: said } of warned.mock.calls)
        assert.match(String(Object(said[0]).err), /the chain at position 2 is not what head 1 says/);
      const heads = (await readFile(own.path, 'utf8')).trimEnd().split('\n');
      assert.deepEqual(
        heads.map((line) => SealHead.parse(JSON.parse(line)).position),
        [2],
      );
    } finally {
      await spare[Symbol.asyncDispose]();
    }
  });

  /** What verify finds after a superuser's statements, which are taken back. */
  async function faultAfter(statements: string) {
    const client = await stack.admin.connect();
    try {
      await client.query(`begin; ${statements}`);
      return (await seal.verify(client)).fault;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  test('finds a category that hides an event from its readers', async () => {
    const statements = `alter table log.events alter column category drop expression;
      update log.events set category = 'other' where global_position = 3`;
    assert.deepEqual(await faultAfter(statements), { kind: 'changed', position: 3, upTo: 3 });
  });

  test('finds a second event at a position, also where a page ends', async () => {
    await append(600);
    await seal.upTo(2_100);
    for (const at of [1_999, 2_000]) {
      const fault = await faultAfter(`alter table log.events drop constraint events_pkey;
        create index on log.events (global_position, recorded_at);
        set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off;
        insert into log.events (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
        values (${at}, 'note-x', 1, gen_random_uuid(), 'Noted', '{}', '{}', now(), now())`);
      assert(fault && fault.position <= at + 1 && fault.upTo >= at, `${at}: ${JSON.stringify(fault)}`);
    }
  });

  test('is verified from the command line, which ends with 1 and names the event when one was changed', async () => {
    const { secrets, ports, state } = stack.stack;
    const key = join(state, 'key.txt');
    await writeFile(key, publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
    const env = { DATABASE_URL: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline` };
    const verify = () =>
      execa(process.execPath, [main, 'verify', '--heads', seal.path, '--key', key, '--json'], { env, reject: false });
    assert.equal(JSON.parse((await verify()).stdout).intact, true);
    await stack.admin.query(`update log.events set data = '{"text":"forged"}' where global_position = 900`);
    const { exitCode, stdout } = await verify();
    const { intact, fault, sealed } = JSON.parse(stdout);
    assert.deepEqual([exitCode, intact, fault.kind, fault.position, sealed], [1, false, 'changed', 900, 700]);
  });
});
