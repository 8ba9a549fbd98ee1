import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canTakeBack } from './can-take-back.ts';

const url = 'rtsp://10.0.0.1/one';
const other = 'rtsp://10.0.0.2/one';
const open = { sources: { main: { url } } };
const sealed = { ...open, hasCredentials: true };
const draft = { name: 'Gate', area: 'yard', url, sub: '', username: '', password: '' };

test('another name or area is undone, and another address of a camera without credentials', () => {
  assert.ok(canTakeBack(sealed, draft));
  assert.ok(canTakeBack(open, { ...draft, url: other }));
});

test('what needs credentials that nobody knows here is not undone', () => {
  assert.ok(!canTakeBack(sealed, { ...draft, url: other }));
  assert.ok(!canTakeBack(sealed, { ...draft, sub: other }));
  assert.ok(!canTakeBack(sealed, { ...draft, password: 'new' }));
  assert.ok(!canTakeBack(open, { ...draft, username: 'viewer' }));
  assert.ok(!canTakeBack(open, { ...draft, url: 'rtsp://viewer:secret@10.0.0.1/one' }));
});
