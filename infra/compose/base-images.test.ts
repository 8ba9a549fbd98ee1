import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseImages } from './base-images.ts';

test("the base images of a Dockerfile are those that are not its own stages, each once, with its arguments' defaults", () => {
  const dockerfile = `ARG NODE=node:26-slim\nFROM \${NODE} AS packages\nFROM packages AS app\nFROM \${NODE} AS other\nFROM caddy:2\n`;
  assert.deepEqual(baseImages(dockerfile), ['node:26-slim', 'caddy:2']);
});
