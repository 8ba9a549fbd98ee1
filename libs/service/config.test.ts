import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ConfigError, loadConfig, postgresEnv, serviceEnv } from './config.ts';

const schema = z.object({ ...serviceEnv, ...postgresEnv });
const good = {
  PUBLIC_ORIGIN: 'http://localhost:8080, https://a.example',
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_USER: 'registry',
  NATS_PASSWORD: 'secret',
  DATABASE_URL: 'postgres://registry:secret@127.0.0.1/sightline',
};

test('a complete environment is parsed, with defaults for what is left out or empty', () => {
  const config = loadConfig(schema, { ...good, PORT: '', HOST: undefined });
  assert.deepEqual(config.PUBLIC_ORIGIN, ['http://localhost:8080', 'https://a.example']);
  assert.deepEqual([config.HOST, config.PORT, config.LOG_LEVEL], ['127.0.0.1', 0, 'info']);
});

test('every missing variable is named and no value is told', () => {
  assert.throws(
    () => loadConfig(schema, { ...good, NATS_USER: '', DATABASE_URL: 'mysql://root:hunter2@x' }),
    (error) =>
      error instanceof ConfigError &&
      /NATS_USER/.test(error.message) &&
      /DATABASE_URL: a postgres:\/\/ URL/.test(error.message) &&
      !/hunter2/.test(error.message),
  );
});
