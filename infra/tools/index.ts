import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists } from './find.ts';
import { chromium } from './parts/browser.ts';
import { cameras, footage } from './parts/cameras.ts';
import { caddy, redis } from './parts/debian.ts';
import { ffmpeg, livekit, nats, passThrough } from './parts/media.ts';
import { vision } from './parts/python.ts';
import { binFolder, toolsFolder } from './paths.ts';
import type { Progress } from './progress.ts';
import type { Tool } from './tool.ts';

/** What the system runs with, in order of what takes longest or is needed first. */
export const runtimeTools: readonly Tool[] = [
  nats,
  livekit,
  passThrough,
  ffmpeg,
  redis,
  caddy,
  cameras,
  vision,
  footage,
];
/** What only tests and benches need. */
export const testTools: readonly Tool[] = [chromium];

/** What a tool leans on: the footage is encoded with ffmpeg and fetched with Python; Go builds one after the other. */
const after: Record<string, readonly string[]> = {
  footage: ['ffmpeg', 'vision-worker'],
  'livekit-server': ['nats-server'],
  'pass-through': ['livekit-server'],
};

const Stamps = z.record(z.string(), z.object({ recipe: z.string(), from: z.string() }));
type Stamps = z.infer<typeof Stamps>;
const stampFile = join(toolsFolder, 'installed.json');

/** What is installed, by tool, and where it came from. */
export async function installed(): Promise<Stamps> {
  const text = await readFile(stampFile, 'utf8').catch(() => '{}');
  try {
    return Stamps.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Whether a tool stands as its recipe wants it. */
export async function isInstalled(tool: Tool, stamps: Stamps): Promise<boolean> {
  if (stamps[tool.name]?.recipe !== tool.recipe) return false;
  const checks = tool.provides.map((name) => exists(join(binFolder, name)));
  return (await Promise.all(checks)).every(Boolean);
}

/** Brings the tools in that are missing, several at a time, and tells of each. Throws the first error after all have ended. */
export async function ensureTools(tools: readonly Tool[], progress: Progress): Promise<void> {
  await mkdir(binFolder, { recursive: true });
  const stamps = await installed();
  const running = new Map<string, Promise<void>>();
  const ensure = async (tool: Tool): Promise<void> => {
    await Promise.all((after[tool.name] ?? []).map((name) => running.get(name)));
    if (await isInstalled(tool, stamps)) return;
    await progress.step(tool.name, async (tell) => {
      const from = (await tool.adopt?.()) ?? (await tool.install(tell));
      stamps[tool.name] = { recipe: tool.recipe, from };
      await save(stamps);
      return from;
    });
  };
  for (const tool of tools) running.set(tool.name, ensure(tool));
  const outcomes = await Promise.allSettled(running.values());
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function save(stamps: Stamps): Promise<void> {
  const text = JSON.stringify(stamps, null, 2);
  const unfinished = `${stampFile}.${process.pid}`;
  await writeFile(unfinished, text);
  await rename(unfinished, stampFile);
}
