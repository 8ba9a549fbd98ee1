import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Principal } from '@sightline/service';
import { Chain } from './chain.ts';
import { Outbox } from './outbox.ts';
import { Viewer } from './viewer.ts';

const ann: Principal = { user: 'ann', session: 's1', role: 'viewer', areas: ['yard'], rightsAt: 1, expiresAt: 0 };
const areas: Record<string, string> = { cam1: 'yard', cam2: 'vault' };

function open() {
  const said: { type: string; camera?: string }[] = [];
  const followed = new Map<string, string | undefined>();
  const state: { principal: Principal | undefined; closed: number | undefined } = { principal: ann, closed: undefined };
  const sender = { buffered: 0, say: (text: string) => void said.push(JSON.parse(text)), write() {}, giveUp() {} };
  const outbox = new Outbox({ sender, format: 'native', flusher: { add() {}, empty: new Chain() }, onDrop() {} });
  const viewer = new Viewer(ann, outbox, {
    guard: { current: () => state.principal },
    directory: {
      find: (camera) => {
        const area = areas[camera];
        return area ? { camera, area, site: 'north', name: camera, retired: false, position: 1 } : undefined;
      },
    },
    follow: (camera, _viewer, filter) => followed.set(camera, filter?.key),
    unfollow: (camera) => followed.delete(camera),
    close: (code) => {
      state.closed = code;
    },
  });
  const receive = (message: unknown) => viewer.receive(JSON.stringify(message));
  return { viewer, receive, said, followed, state };
}

test('a viewer follows the cameras of the areas given, and no others', () => {
  const { receive, said, followed } = open();
  receive({ type: 'subscribe', cameras: ['cam1', 'cam2', 'cam9'] });
  assert.deepEqual([...followed.keys()], ['cam1']);
  assert.deepEqual(
    said.map(({ type, camera }) => `${type} ${camera}`),
    ['subscribed cam1', 'denied cam2', 'denied cam9'],
  );
});

test('the filter of the newest subscription is in force', () => {
  const { receive, followed } = open();
  receive({ type: 'subscribe', cameras: ['cam1'], filter: { minScore: 0.5 } });
  assert.match(followed.get('cam1') ?? '', /0\.5/);
  receive({ type: 'subscribe', cameras: ['cam1'] });
  assert.deepEqual([...followed], [['cam1', undefined]]);
});

test('a camera that one may not see is refused like one that does not exist', () => {
  const { receive, said } = open();
  receive({ type: 'subscribe', cameras: ['cam2', 'cam9'] });
  const reasons = new Set(said.map((message) => ('reason' in message ? message.reason : '')));
  assert.equal(reasons.size, 1);
});

test('a right taken away ends the subscription at once', () => {
  const { viewer, receive, said, followed, state } = open();
  receive({ type: 'subscribe', cameras: ['cam1'] });
  state.principal = { ...ann, areas: [] };
  viewer.recheck();
  assert.equal(followed.size, 0);
  assert.deepEqual(
    said.map(({ type }) => type),
    ['subscribed', 'unsubscribed', 'denied'],
  );
});

test('a session that ended closes the socket', () => {
  const { viewer, state } = open();
  state.principal = undefined;
  viewer.recheck();
  assert.equal(state.closed, 4401);
});

test('what is not understood is answered with what was expected, and ends the socket when it goes on', () => {
  const { viewer, said, state } = open();
  for (let i = 0; i < 10; i += 1) viewer.receive('rubbish');
  assert.equal(said.filter(({ type }) => type === 'error').length, 10);
  assert.equal(state.closed, undefined);
  viewer.receive('{"type":"subscribe","cameras":["../etc"]}');
  assert.equal(state.closed, 4400);
});

test('a closed socket follows nothing', () => {
  const { viewer, receive, followed } = open();
  receive({ type: 'subscribe', cameras: ['cam1'] });
  viewer.end();
  assert.equal(followed.size, 0);
});
