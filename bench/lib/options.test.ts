import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { chosenOf } from './options.ts';

/** What a bench with a flag of each kind reads from its command line, or how it ends. */
async function read(...flags: string[]) {
  const module = JSON.stringify(join(import.meta.dirname, 'options.ts'));
  const script = `import { benchOptions } from ${module};
    console.log(JSON.stringify(benchOptions('how to', { minutes: 'number', parts: 'words', write: 'switch' })));`;
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', 'soak', ...flags],
    { reject: false },
  );
  return exitCode === 0 && stdout.startsWith('{') ? JSON.parse(stdout) : { exitCode, stdout, stderr };
}

test('flags are read with their values in either way of writing', async () => {
  assert.deepEqual(await read(), { quick: false, help: false, write: false });
  const [told, apart] = [
    await read('--quick', '--minutes=0.5', '--parts=a,b', '--write'),
    await read('--minutes', '0.5', '--parts', 'a,b', '--quick', '--write'),
  ];
  assert.deepEqual(told, { quick: true, help: false, minutes: 0.5, parts: ['a', 'b'], write: true });
  assert.deepEqual(apart, told);
});

test('a misspelt flag or a value that cannot be ends the bench and says what there is', async () => {
  const misspelt = await read('--minuets=5');
  assert.equal(misspelt.exitCode, 64);
  assert.match(misspelt.stderr, /--minuets.*\nThere are: --quick, --help, --minutes, --parts, --write\./s);
  const wrong = await read('--minutes=soon');
  assert.deepEqual([wrong.exitCode, wrong.stderr], [64, 'Expected --minutes=<a number above 0>, got soon.']);
});

test('help is printed and nothing is begun', async () => {
  assert.deepEqual(await read('--help'), { exitCode: 0, stdout: 'how to', stderr: '' });
});

test('parts are chosen by name, and a name that is none is refused', () => {
  const parts = ['redis', 'nats'];
  assert.deepEqual(
    [undefined, ['nats']].map((asked) => chosenOf(parts, asked, (part) => part)),
    [parts, ['nats']],
  );
  assert.throws(() => chosenOf(parts, ['nuts'], (part) => part), /Expected parts among redis, nats, got nuts/);
});
