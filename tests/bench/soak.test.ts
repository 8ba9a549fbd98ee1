import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const Goal = z.object({ name: z.string(), value: z.number() });
const Result = z.object({ bench: z.literal('soak'), goals: z.tuple([Goal, Goal]) });
/** Connections that idle are kept for a minute, which is more than the whole of a short run. */
const keptConnections = 12;

test('a short run of soak measures memory and descriptors of every process, and none piles up', async () => {
  const { stdout } = await execa(process.execPath, [join(root, 'bench', 'soak', 'main.ts'), '--quick'], { cwd: root });
  const { goals } = Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const [memory, descriptors] = goals;
  assert.equal(memory.name, 'rss_growth_pct_per_hour');
  assert.equal(descriptors.name, 'fd_growth');
  assert.ok(descriptors.value <= keptConnections, stdout);
});
