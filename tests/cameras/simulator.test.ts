import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Child } from '@sightline/infra/embedded/child';
import { freePorts } from '@sightline/infra/embedded/ports';
import { execa } from 'execa';
import { until } from '../support/until.ts';
import { makeShortFootage, packetsOf, tool } from './packets.ts';

const ports = await freePorts();
// Not the demo's, which other tests look for in every process list.
const password = 'of-this-test-only';
const rtsp = (path: string, port = ports.cameras) => `rtsp://127.0.0.1:${port}/${path}`;
let folder: string;
let simulator: Child;

const control = async (path: string, method = 'POST') => {
  const answer = await fetch(`http://127.0.0.1:${ports.cameraControl}${path}`, { method });
  return { status: answer.status, body: await answer.json() };
};
const clientsOf = async (path: string): Promise<number> => (await control('/clients', 'GET')).body[path];
const run = (...options: string[]) => execa(tool('camera-simulator'), options, { reject: false, timeout: 30_000 });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-cameras-'));
  await makeShortFootage(folder);
  const options = [
    '--port',
    ports.cameras,
    '--locked-port',
    ports.lockedCameras,
    '--control-port',
    ports.cameraControl,
  ];
  simulator = new Child({
    name: 'cameras',
    command: [
      tool('camera-simulator'),
      ...options.map(String),
      '--footage',
      folder,
      '--clocks',
      '2',
      '--password',
      password,
    ],
    log: join(folder, 'cameras.log'),
  });
  simulator.start();
  await until('the control answers', () => control('/clients', 'GET'));
});

after(async () => {
  await simulator?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('recorded footage goes on over its end, with rising times and a key frame every second', async () => {
  const packets = await packetsOf(rtsp('pedestrians'), 6);
  assert.ok(packets.length > 40, `${packets.length} packets`);
  assert.ok(new Set(packets.map(({ hash }) => hash)).size <= 22, 'the same pictures come again');
  const gaps = packets.slice(1).map(({ pts }, index) => pts - (packets[index]?.pts ?? 0));
  assert.deepEqual([...new Set(gaps)], [9000]);
  const keys = packets.filter(({ key }) => key).map(({ pts }) => pts);
  assert.ok(keys.slice(1).every((pts, index) => pts - (keys[index] ?? 0) <= 90_000));
});

test('every client gets the very same bytes, also of what is encoded live', async () => {
  for (const path of ['faces', 'clock']) {
    const [one, other] = await Promise.all([packetsOf(rtsp(path), 4), packetsOf(rtsp(path), 4)]);
    const seen = new Set(one.map(({ hash }) => hash));
    const shared = other.filter(({ hash }) => seen.has(hash)).length;
    assert.ok(shared > other.length / 2, `${path}: ${shared} of ${other.length}`);
  }
});

test('B-frames are shown in another order than they come', async () => {
  const packets = await packetsOf(rtsp('bframes'), 4);
  assert.ok(packets.some(({ pts }, index) => pts < (packets[index - 1]?.pts ?? 0)));
});

test('there are H.265 footage and as many clocks as were asked for', async () => {
  for (const path of ['hevc', 'clock2']) assert.ok((await packetsOf(rtsp(path), 1)).length > 5, path);
  await assert.rejects(packetsOf(rtsp('clock3'), 1), /404/);
});

test('a dropped camera closes its connections and is not found until it is restored', async () => {
  const reading = packetsOf(rtsp('faces'), 60);
  await until('it is read', async () => (await clientsOf('/faces')) === 1);
  await control('/drop/faces');
  assert.ok((await reading).length < 600, 'it ended early');
  assert.equal(await clientsOf('/faces'), 0);
  await assert.rejects(packetsOf(rtsp('faces'), 1), /404/);
  await control('/restore/faces');
  assert.ok((await packetsOf(rtsp('faces'), 1)).length > 0);
});

test('a frozen camera keeps its connections and sends nothing, until it is thawed', async () => {
  for (const camera of ['clock', 'pedestrians']) {
    const reading = packetsOf(rtsp(camera), 2).then(() => 'ended');
    await until('it is read', async () => (await clientsOf(`/${camera}`)) === 1);
    await control(`/freeze/${camera}`);
    const frozen = until('the end', async () => false, 6_000).catch(() => 'still reading');
    assert.equal(await Promise.race([reading, frozen]), 'still reading', camera);
    assert.equal(await clientsOf(`/${camera}`), 1);
    await control(`/thaw/${camera}`);
    assert.equal(await reading, 'ended');
  }
});

test('the locked camera opens to its password only', async () => {
  const url = rtsp('locked', ports.lockedCameras);
  await assert.rejects(packetsOf(url, 1), /401/);
  await assert.rejects(packetsOf(url.replace('//', '//viewer:wrong@'), 1), /401/);
  assert.ok((await packetsOf(url.replace('//', `//viewer:${password}@`), 1)).length > 0);
});

test('what the control does not know is refused with what it knows', async () => {
  for (const path of ['/', '/drop', '/drop/nowhere', '/explode/clock']) {
    const { status, body } = await control(path);
    assert.equal(status, 404);
    assert.match(body.error, /expected POST \/drop\|restore\|freeze\|repeat\|thaw/);
  }
});

test('what keeps it from starting is told in one line', async () => {
  const free = String((await freePorts()).cameras);
  const rows: [RegExp, string[]][] = [
    [/port \d+ is taken/, ['--port', String(ports.cameras), '--footage', folder]],
    [/port \d+ is taken/, ['--port', free, '--control-port', String(ports.cameraControl), '--footage', folder]],
    [/pedestrians\.mkv.* not found; run npm run tools/, ['--port', free, '--footage', '/nowhere']],
    [/expected 1 to 65535, got '0'/, ['--port', '0', '--footage', folder]],
    [/expected seconds up and down/, ['--port', free, '--footage', folder, '--dropout', 'often']],
  ];
  for (const [expected, options] of rows) {
    const { exitCode, stderr } = await run(...options);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, expected);
    assert.doesNotMatch(stderr, /Traceback/);
  }
  assert.match((await run('--help')).stdout, /\/pedestrians .*recorded/);
});
