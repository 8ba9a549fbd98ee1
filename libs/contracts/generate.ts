import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asyncApi } from './asyncapi.ts';
import { Detection } from './detection.ts';
import { domainEvents } from './events/index.ts';
import { checkGolden } from './golden.ts';
import { LogMessage } from './log.ts';
import { jsonSchema, openApiOf } from './openapi.ts';
import { OverlayDelta, OverlayMessage, OverlayRequest } from './overlay.ts';
import { serviceNames } from './services.ts';
import { FlatDetection, NativeDetection, WorkerThumbnails } from './worker.ts';

const folder = join(import.meta.dirname, 'generated');
const help = `Writes the documents that are made from the contracts into libs/contracts/generated.

  npm run contracts            write them
  npm run contracts -- --check only say whether they are current (exit code 1 when not)
`;

/** Every generated document by its path below `generated/`. */
function documents(): Record<string, unknown> {
  const messages = {
    Detection,
    LogMessage,
    OverlayMessage,
    OverlayDelta,
    OverlayRequest,
    NativeDetection,
    FlatDetection,
    WorkerThumbnails,
  };
  const schema = (value: Parameters<typeof jsonSchema>[0]) => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...jsonSchema(value, 'output'),
  });
  const entries = [
    ...serviceNames.map((service) => [`openapi/${service}.json`, openApiOf(service)] as const),
    ['asyncapi.json', asyncApi()] as const,
    ...Object.entries(messages).map(([name, value]) => [`schema/${name}.json`, schema(value)] as const),
    ...Object.entries(domainEvents).map(([name, value]) => [`schema/events/${name}.json`, schema(value)] as const),
  ];
  return Object.fromEntries(entries);
}

async function current(path: string, text: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => undefined)) === text;
}

if (process.argv.includes('--help')) {
  console.log(help);
} else {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  const problems = await checkGolden({ write: !check });
  for (const [name, document] of Object.entries(documents())) {
    const path = join(folder, name);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (await current(path, text)) continue;
    stale.push(name);
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }
  if (check && stale.length > 0) {
    console.error(`Not current: ${stale.join(', ')}\nRun \`npm run contracts\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    console.log(
      check
        ? 'The generated contracts are current.'
        : `Written: ${stale.length === 0 ? 'nothing new' : stale.join(', ')}`,
    );
  }
}
