import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clearState } from '@sightline/infra/embedded/clear';
import { descendantsOf, parentOf } from '../support/processes.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '..', '..');

/** `npm start` on free ports, in a group of processes of its own, as a terminal has it. */
async function npmStart(state: string): Promise<{ npm: ChildProcess; said: () => string; tree: number[] }> {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: { ...process.env, SIGHTLINE_STATE: state, SIGHTLINE_PORTS: 'free' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (part) => (text += part));
  await until('npm start tells that all is up', async () => text.includes('Ctrl-C stops everything'), 120_000);
  return { npm, said: () => text, tree: descendantsOf(npm.pid ?? 0) };
}

const alive = (pids: readonly number[]) => pids.filter((pid) => parentOf(pid) !== undefined);

describe('npm start', () => {
  let state = '';
  before(async () => {
    state = await mkdtemp(join(tmpdir(), 'sightline-start-'));
  });
  after(() => clearState(state));

  test('prints one URL that answers, and a password that works once', async () => {
    const { npm, said, tree } = await npmStart(state);
    const url = /Open\s+(http:\S+)/.exec(said())?.[1] ?? '';
    assert.equal((await fetch(url)).status, 200);
    assert.match(said(), /Sign in\s+administrator \/ \S{12,}/);
    await ends(npm, tree, () => process.kill(-(npm.pid ?? 0), 'SIGINT'));
  });

  test('starts again in the same folder, and shows no password a second time', async () => {
    const { npm, said, tree } = await npmStart(state);
    assert.match(said(), /Sign in\s+as you did before/);
    await ends(npm, tree, () => process.kill(-(npm.pid ?? 0), 'SIGINT'));
  });

  test('leaves no process when the starter is killed', async () => {
    const { npm, tree } = await npmStart(state);
    const starter = await pidOf(tree, 'infra/start.ts');
    await ends(npm, tree, () => process.kill(starter, 'SIGKILL'));
  });

  test('leaves no process when npm is killed', async () => {
    const { npm, tree } = await npmStart(state);
    await ends(npm, tree, () => npm.kill('SIGKILL'));
  });
});

/** Everything that was started is gone. */
async function ends(npm: ChildProcess, tree: readonly number[], end: () => void): Promise<void> {
  const ended = once(npm, 'exit');
  assert.ok(tree.length > 15, `only ${tree.length} processes were running`);
  end();
  await until('every process has ended', async () => alive(tree).length === 0);
  await ended;
}

async function pidOf(pids: readonly number[], script: string): Promise<number> {
  for (const pid of pids) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words[1]?.endsWith(script)) return pid;
  }
  throw new Error(`no process runs ${script}`);
}
