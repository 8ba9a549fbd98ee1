import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CameraMessage, FeedStatus } from '@sightline/contracts';
import { Statuses } from './statuses.ts';

const status = (state: FeedStatus['state'], at: number): FeedStatus => ({
  camera: 'cam7',
  site: 'north',
  state,
  reason: { code: state, text: state },
  since: new Date(0).toISOString(),
  at: new Date(at).toISOString(),
  epoch: 1,
  ingress: 'ingress-1',
});

function open() {
  const told: CameraMessage[] = [];
  const clock = { now: 0 };
  const statuses = new Statuses(
    (message) => told.push(message),
    () => clock.now,
  );
  return { told, clock, statuses };
}

test('a change is told once, a refresh is not', () => {
  const { told, statuses } = open();
  statuses.learn(status('live', 0));
  statuses.learn(status('live', 1_000));
  statuses.learn(status('stalled', 2_000));
  assert.deepEqual(
    told.map(({ state }) => state),
    ['live', 'stalled'],
  );
});

test('a camera whose ingress has fallen silent is not said to be live', () => {
  const { told, clock, statuses } = open();
  statuses.learn(status('live', 0));
  clock.now = 16_000;
  statuses.check();
  assert.deepEqual(
    told.map(({ state }) => state),
    ['live', 'unknown'],
  );
  assert.equal(statuses.messageOf('cam7').reason.code, 'ingress_silent');
});

test('the clock of a site may be wrong: what counts is when its word came', () => {
  const { clock, statuses } = open();
  clock.now = 3_600_000;
  statuses.learn(status('live', 0));
  assert.equal(statuses.messageOf('cam7').state, 'live');
  clock.now += 16_000;
  assert.equal(statuses.messageOf('cam7').reason.code, 'ingress_silent');
  statuses.learn(status('live', 0));
  assert.equal(statuses.messageOf('cam7').reason.code, 'ingress_silent');
});

test('a camera that nobody has reported is unknown', () => {
  const { statuses } = open();
  assert.equal(statuses.messageOf('cam8').state, 'unknown');
});
