import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serviceNames } from '@sightline/contracts';
import { secretsOf } from '../embedded/secrets.ts';
import { composeFiles } from './files.ts';

const settings = {
  publicOrigin: 'https://a.example',
  mediaAddress: '10.0.0.1',
  cameraNetworks: '10.0.0.0/8',
  site: 'north',
};

async function files() {
  const state = await mkdtemp(join(tmpdir(), 'sightline-'));
  const secrets = await secretsOf(state);
  await rm(state, { recursive: true });
  return { secrets, files: composeFiles(secrets, settings) };
}

test("each service is given its own secrets and nobody else's", async () => {
  const { secrets, files: made } = await files();
  for (const name of serviceNames) {
    const text = made[`${name}/environment.json`] ?? '';
    assert.ok(text.includes(secrets.nats[name] ?? '-'), name);
    for (const other of serviceNames.filter((each) => each !== name)) {
      for (const kind of [secrets.nats, secrets.postgres, secrets.redis])
        assert.ok(!text.includes(kind[other] ?? '-'), `${name} knows ${other}`);
    }
    assert.equal(text.includes(secrets.seal.privateKey), name === 'ingress');
    assert.equal(text.includes(secrets.personKeys), name === 'auth');
  }
});

test('a service reads from its file all that its configuration asks for', async () => {
  const { files: made } = await files();
  for (const name of serviceNames) {
    const { loadConfig } = await import(`../../services/${name}/config.ts`);
    assert.doesNotThrow(() => loadConfig(JSON.parse(made[`${name}/environment.json`] ?? '{}')), name);
  }
});

test('the proxy sends each path to its service by name', async () => {
  const { files: made } = await files();
  assert.match(made['web/Caddyfile'] ?? '', /reverse_proxy overlay-gateway:8000/);
  assert.match(made['web/Caddyfile'] ?? '', /reverse_proxy livekit:7880/);
});
