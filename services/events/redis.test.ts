import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '@sightline/service';
import { connectRedis } from './redis.ts';

test('the log says why Redis refuses, and not with which password', (t) => {
  const logger = createLogger('events', 'silent');
  const said = t.mock.method(logger, 'debug');
  const redis = connectRedis('redis://127.0.0.1:1', logger);
  redis.disconnect();
  redis.emit('error', Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['events', 'secret'] } }));
  const text = JSON.stringify(said.mock.calls.map((call) => call.arguments));
  assert.match(text, /WRONGPASS/);
  assert.doesNotMatch(text, /secret/);
});
