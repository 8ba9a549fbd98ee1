import assert from 'node:assert/strict';
import { test } from 'node:test';
import { urlProblem } from './url-problem.ts';

test('an RTSP address is good, with credentials or without', () => {
  assert.equal(urlProblem(' rtsp://192.168.1.20:554/stream1 '), undefined);
  assert.equal(urlProblem('rtsps://viewer:secret@camera.local/1'), undefined);
});

test('another protocol is said', () => {
  assert.equal(urlProblem('http://camera/'), 'Expected rtsp:// or rtsps://, got http://.');
});

test('what is no URL gets an example', () => {
  assert.match(urlProblem('192.168.1.20/stream1') ?? '', /not a URL.*rtsp:\/\//);
  assert.match(urlProblem('rtsp:///stream1') ?? '', /no host/);
});
