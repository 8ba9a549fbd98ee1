import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

/** A service, and a library in it that, as execa does, ends the process on a signal that nobody else listens for. */
const program = `
  import { run } from ${JSON.stringify(new URL('./run.ts', import.meta.url).href)};
  const start = async () => {
    setImmediate(() => {
      process.on('SIGTERM', () => {
        if (process.listenerCount('SIGTERM') > 1) return;
        process.removeAllListeners('SIGTERM');
        process.kill(process.pid, 'SIGTERM');
      });
      process.stdout.write('started\\n');
    });
    const awake = setInterval(() => {}, 1_000);
    return { close: async () => { clearInterval(awake); process.stdout.write('closed\\n'); } };
  };
  await run('trial', () => ({}), start);
`;

test('a service that is asked to end closes first, whatever its libraries do on signals', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
    if (String(text).includes('started')) child.kill('SIGTERM');
  });
  const [code, signal] = await once(child, 'close');
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
  assert.match(said, /closed/);
});
