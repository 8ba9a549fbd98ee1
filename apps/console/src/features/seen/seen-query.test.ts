import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf, queryOf, SeenSearch } from './seen-query.ts';

const now = Date.parse('2026-06-01T12:00:00Z');

test('without a word the last day is asked for, of every camera', () => {
  assert.deepEqual(queryOf({}, now), { type: 'TrackEnded', from: '2026-05-31T12:00:00.000Z' });
});

test('what is asked for is handed on, a score as a share', () => {
  const search = { camera: 'gate', class: 'person', track: '7', score: 60, span: 'all' } as const;
  const asked = { type: 'TrackEnded', camera: 'gate', class: 'person', track: '7', minScore: 0.6 };
  assert.deepEqual(queryOf(search, now), asked);
});

test('two times are asked for only where that is chosen, and either may be left out', () => {
  const from = '2026-05-01T00:00:00Z';
  assert.equal(queryOf({ span: 'between', from }, now).from, new Date(from).toISOString());
  assert.equal(queryOf({ span: 'between', from: 'x' }, now).from, undefined);
  assert.equal(queryOf({ span: 'hour', to: from }, now).to, undefined);
});

test('what is no good in an address is left out, what was typed wrong is told', () => {
  assert.deepEqual(SeenSearch.parse({ span: 'century', score: 'x', camera: 7 }), {
    span: undefined,
    score: undefined,
    camera: undefined,
  });
  assert.match(problemsOf({ class: 'Person!' }).class ?? '', /Expected .* got Person!/);
  assert.match(problemsOf({ span: 'between', from: '2026-05-02', to: '2026-05-01' }).to ?? '', /Expected a time after/);
  assert.deepEqual(problemsOf({ class: 'person', from: '2026-05-02', to: '2026-05-01' }), {});
});
