import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const Result = z.object({
  bench: z.literal('chaos-events'),
  goals: z.array(z.object({ name: z.string(), value: z.number(), goal: z.number(), met: z.boolean() })),
});

/** Alone: beside others that write to the disk, Redis may hold its file back, and then forgets what it had acknowledged when it is killed. */
test('a short chaos:events loses and doubles nothing that Redis has acknowledged', { timeout: 200_000 }, async () => {
  const args = [join(root, 'bench', 'chaos-events', 'main.ts'), '--quick'];
  const { stdout } = await execa(process.execPath, args, { cwd: root });
  const { goals } = Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  assert.deepEqual(
    goals.map(({ name, value }) => [name, value]),
    [
      ['lost', 0],
      ['twice', 0],
    ],
    stdout,
  );
});
