import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from './problem.ts';
import { parseSource } from './source-url.ts';

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
