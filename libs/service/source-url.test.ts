import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPassword } from '@sightline/contracts';
import { ProblemError } from './problem.ts';
import { joinCredentials, parseSource } from './source-url.ts';

const networks = ['10.0.0.0/8', 'fd00::/8'];
const parse = (url: string, rest = {}) => parseSource({ url, ...rest }, networks);

test('user and password come out of the URL', () => {
  assert.deepEqual(parse('rtsp://ann:p%40ss@10.0.0.7:554/main?x=1'), {
    url: 'rtsp://10.0.0.7:554/main?x=1',
    credentials: { username: 'ann', password: 'p@ss' },
  });
});

test('user and password beside the URL count more than those in it', () => {
  const parsed = parse('rtsp://old:old@10.0.0.7/', { username: 'new', password: 'better' });
  assert.deepEqual(parsed.credentials, { username: 'new', password: 'better' });
});

test('a camera without password has no credentials', () => {
  assert.deepEqual(parse('rtsps://cam.example/stream'), { url: 'rtsps://cam.example/stream', credentials: undefined });
});

test('a password among the parameters comes out, too, and goes back as it stood for the camera alone', () => {
  const urls = {
    'rtsp://10.0.0.7/user=ann&password=hunter_2&channel=1': 'rtsp://10.0.0.7/user=ann&password=***&channel=1',
    'rtsp://10.0.0.7/user=ann_password=hunter_2_channel=1_stream=0.sdp':
      'rtsp://10.0.0.7/user=ann_password=***_channel=1_stream=0.sdp',
    'rtsp://10.0.0.7/live?channel=1&pwd=hunter_2': 'rtsp://10.0.0.7/live?channel=1&pwd=***',
    'rtsp://10.0.0.7/passwd=hunter_2/main': 'rtsp://10.0.0.7/passwd=***/main',
  };
  for (const [typed, shown] of Object.entries(urls)) {
    const { url, credentials } = parse(typed);
    assert.equal(url, shown);
    assert.deepEqual(credentials, { username: '', password: '', inUrl: 'hunter_2' });
    assert.equal(withPassword(url, credentials), typed);
  }
});

test('what only looks like a password among the parameters stays', () => {
  for (const url of ['rtsp://10.0.0.7/bypass=1', 'rtsp://10.0.0.7/?password=***', 'rtsp://10.0.0.7/passage/main'])
    assert.deepEqual(parse(url), { url, credentials: undefined });
});

test('a new password beside a URL whose old one was taken out stands in both places', () => {
  const { url, credentials } = parse('rtsp://10.0.0.7/?user=ann&password=***', { username: 'ann', password: 'b@d' });
  assert.equal(withPassword(url, credentials), 'rtsp://10.0.0.7/?user=ann&password=b%40d');
});

test('all streams of a camera share what was given with any of them', () => {
  const [withUser, withParameter] = [parse('rtsp://ann:x@10.0.0.7/'), parse('rtsp://10.0.0.7/?pwd=y')];
  const joined = { username: 'ann', password: 'x', inUrl: 'y' };
  assert.deepEqual(joinCredentials([withUser.credentials, withParameter.credentials]), joined);
  assert.deepEqual(joinCredentials([withParameter.credentials, withUser.credentials]), joined);
  assert.equal(joinCredentials([undefined, undefined]), undefined);
});

test('what is not RTSP, or outside the camera networks, is refused', () => {
  const bad = [
    'http://10.0.0.7/',
    'file:///etc/passwd',
    'nonsense',
    'rtsp://',
    'rtsp://127.0.0.1/',
    'rtsp://169.254.169.254/',
    'rtsp://[::1]/',
    'rtsp://[::ffff:127.0.0.1]/',
  ];
  for (const url of bad) assert.throws(() => parse(url), ProblemError, url);
  assert.equal(parse('rtsp://[fd00::7]/').url, 'rtsp://[fd00::7]/');
});

test('a refusal never repeats the password', () => {
  assert.throws(
    () => parse('http://ann:hunter2@10.0.0.7/'),
    (error) => error instanceof ProblemError && !JSON.stringify(error.toProblem('x')).includes('hunter2'),
  );
});
