import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { incompatibilities } from './compatibility.ts';
import { domainEvents } from './events/index.ts';
import { domainUpcasters } from './events/upcasters.ts';
import { jsonSchema } from './openapi.ts';

const folder = join(import.meta.dirname, 'golden');

/** One version of an event type as it was released: its JSON Schema, and data that were written in it. */
export const Golden = z.object({ examples: z.array(z.unknown()).min(1), schema: z.record(z.string(), z.unknown()) });

/** Every version of every event type that was ever released. Files are added, never changed in what they allow. */
export async function goldenEvents() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      const [, type = '', version = ''] = /^(\w+)\.v(\d+)\.json$/.exec(name) ?? [];
      const golden = Golden.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      return { name, type, version: Number(version), ...golden };
    }),
  );
}

/** The newest version of an event type: one more than it has upcasters. */
export const versionOf = (type: string) => (domainUpcasters[type] ?? []).length + 1;

/**
 * Compares today's schemas with the released ones. `write` records what was widened; what is incompatible, and a version
 * without a golden file, is only said. Resolves to what has to be done.
 */
export async function checkGolden({ write }: { write: boolean }): Promise<string[]> {
  const released = await goldenEvents();
  const problems: string[] = [];
  for (const [type, schema] of Object.entries(domainEvents)) {
    const name = `${type}.v${versionOf(type)}.json`;
    const found = released.find((golden) => golden.name === name);
    if (!found) {
      problems.push(`Expected libs/contracts/golden/${name} with {"examples": [data as it is written], "schema": {}}`);
      continue;
    }
    const today = jsonSchema(schema, 'output');
    const isNew = Object.keys(found.schema).length === 0;
    const broken = isNew ? [] : incompatibilities(found.schema, today);
    problems.push(...broken.map((what) => `${name} ${what}: add an upcaster to events/upcasters.ts`));
    if (broken.length > 0 || JSON.stringify(found.schema) === JSON.stringify(today)) continue;
    if (!write) problems.push(`${name} is not current: run \`npm run contracts\` and commit what it writes`);
    else
      await writeFile(join(folder, name), `${JSON.stringify({ examples: found.examples, schema: today }, null, 2)}\n`);
  }
  return problems;
}
