import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const Result = z.object({
  bench: z.literal('chaos-log'),
  goals: z.array(z.object({ name: z.string(), value: z.number(), goal: z.number(), met: z.boolean() })),
});

/** A tenth of `--quick` in events, with all its kills: what fits into a test run. */
test('chaos:log loses, doubles and swaps nothing at any end', { timeout: 200_000 }, async () => {
  const args = [join(root, 'bench', 'chaos-log', 'main.ts'), '--quick', '--events=5000'];
  const { stdout } = await execa(process.execPath, args, { cwd: root });
  const { goals } = Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  assert.deepEqual(
    goals.map(({ name, value }) => [name, value]),
    [
      ['lost', 0],
      ['twice', 0],
      ['out_of_order', 0],
    ],
  );
});
