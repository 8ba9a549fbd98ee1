import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CopyView, StatusView } from '@sightline/contracts/http/status';
import { summaryOf } from './summary.ts';

const at = '2026-01-01T00:00:00.000Z';
const copy = (state: CopyView['state'], index: number): CopyView => ({
  instance: `copy-${index}`,
  version: '1',
  startedAt: at,
  at,
  needs: [],
  state,
});
const told = (states: CopyView['state'][], more: Partial<Pick<StatusView, 'parts' | 'cameras'>> = {}) =>
  summaryOf({ services: [{ service: 'auth', copies: states.map(copy) }], parts: [], cameras: [], ...more });

test('everything works when all copies are ready, no part fails and every camera is heard of', () => {
  const cameras: StatusView['cameras'] = [
    { state: 'live', count: 3 },
    { state: 'silent', count: 0 },
  ];
  assert.equal(told(['ready', 'ready'], { cameras, parts: [{ name: 'nats', state: 'works' }] }), 'Everything works.');
});

test('a service without a ready copy is named, and copies that are not ready beside others', () => {
  assert.equal(told([]), 'Not working now: auth.');
  assert.equal(told(['silent', 'not ready']), 'Not working now: auth.');
  assert.equal(told(['ready', 'not ready', 'silent']), 'Not working now: 2 of 3 copies of auth.');
});

test('parts that fail and cameras of a dead ingress are named', () => {
  const cameras: StatusView['cameras'] = [{ state: 'silent', count: 1 }];
  const parts: StatusView['parts'] = [{ name: 'redis', state: 'fails' }];
  assert.equal(told(['ready'], { cameras, parts }), 'Not working now: redis, the ingress of 1 camera.');
});
