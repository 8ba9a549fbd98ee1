import { join } from 'node:path';
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
