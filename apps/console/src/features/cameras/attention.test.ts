import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CameraView } from '@sightline/contracts/http/cameras';
import { isSilent, lacksPicture } from './attention.ts';

type Feed = NonNullable<CameraView['feed']>;
const fed = (state: Feed['state'], more: { enabled?: boolean; silent?: true } = {}) => {
  const { enabled = true, ...silent } = more;
  const reason: Feed['reason'] = { code: 'live', text: 'Live.' };
  return { enabled, feed: { state, reason, since: '2026-01-01T00:00:00.000Z', ...silent } };
};

test('a camera lacks its picture only while it is switched on and somebody says so', () => {
  assert.ok(lacksPicture(fed('unreachable')));
  for (const camera of [fed('live'), fed('unreachable', { enabled: false }), fed('stalled', { silent: true })])
    assert.ok(!lacksPicture(camera));
});

test('nobody knows of a camera whose ingress says nothing', () => {
  assert.ok(isSilent(fed('live', { silent: true })));
  assert.ok(!isSilent(fed('live')) && !isSilent(fed('live', { silent: true, enabled: false })));
});
