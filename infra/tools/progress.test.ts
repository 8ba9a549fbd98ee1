import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Progress, SetupError } from './progress.ts';

function recorded() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const progress = new Progress(
    (line) => lines.push(line),
    () => clock.ms,
  );
  return { lines, clock, progress };
}

describe('progress', () => {
  test('a step shows its name, its outcome and its time', async () => {
    const { lines, clock, progress } = recorded();
    await progress.step('caddy', async () => {
      clock.ms = 1_500;
      return 'Debian package';
    });
    assert.deepEqual(lines, ['  ✓ caddy: Debian package (1.5 s)']);
  });

  test('a step that takes long tells how far it is, at most every two seconds', async () => {
    const { lines, clock, progress } = recorded();
    await progress.step('ffmpeg', async (tell) => {
      tell('reading package lists');
      clock.ms = 3_000;
      tell('downloading packages');
      clock.ms = 4_000;
      tell('unpacking 1 of 195');
      return '';
    });
    assert.deepEqual(lines, ['  … ffmpeg: downloading packages', '  ✓ ffmpeg (4.0 s)']);
  });

  test('a step that fails says so and hands on its error, which names what to do', async () => {
    const { lines, progress } = recorded();
    const failing = progress.step('nats-server', async () => {
      throw new SetupError('Go could not build it.', 'check the network');
    });
    await assert.rejects(failing, { message: 'Go could not build it.\n  What to do: check the network' });
    assert.deepEqual(lines, ['  ✗ nats-server failed after 0.0 s']);
  });
});
