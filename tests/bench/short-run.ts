import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const Result = z.object({
  bench: z.string(),
  goals: z.array(z.object({ name: z.string(), value: z.number(), goal: z.number(), met: z.boolean() })).min(1),
});

/** What a short run of a command in bench/ says in its last line, and all that it printed. */
export async function shortRun(name: string, ...flags: string[]): Promise<z.infer<typeof Result> & { stdout: string }> {
  const args = [join(root, 'bench', name, 'main.ts'), '--quick', ...flags];
  const { stdout } = await execa(process.execPath, args, { cwd: root });
  return { ...Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')), stdout };
}

/** A test that a short run of a bench comes to its end with a figure for each goal, and that what must never happen did not. */
export function testShortRun(name: string, goals: readonly string[]): void {
  test(`a short run of bench:${name} measures every goal, says so in its last line, and loses nothing`, async () => {
    const result = await shortRun(name);
    const never = result.goals.filter((goal) => ['durable_lost', 'crashes', 'unanswered'].includes(goal.name));
    assert.deepEqual(
      never.filter(({ value }) => value !== 0),
      [],
    );
    assert.deepEqual([result.bench, result.goals.map((goal) => goal.name)], [name, goals]);
  });
}
