import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeEnvironment, nodeFlags } from './node-memory.ts';

test('services keep their memory in containers as they do on the embedded stack', async () => {
  const dockerfile = await readFile(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8');
  const started = dockerfile.split('\n').filter((line) => line.startsWith('ENTRYPOINT ["node"'));
  const environments = dockerfile.split('\n').filter((line) => line.startsWith('ENV NODE_ENV=production'));
  assert.ok(started.length > 0 && started.length === environments.length);
  for (const line of started) assert.deepEqual(JSON.parse(line.slice('ENTRYPOINT '.length)).slice(1, -1), nodeFlags);
  for (const line of environments)
    for (const [name, value] of Object.entries(nodeEnvironment))
      assert.ok(line.split(' ').includes(`${name}=${value}`));
});
