import assert from 'node:assert/strict';
import { test } from 'node:test';
import './pages/wall.ts';
import './pages/cameras.ts';
import './pages/zones.ts';
import './pages/seen.ts';
import './pages/people.ts';
import './pages/accessible.ts';
import './pages/many.ts';
import { errors } from './pages/site.ts';

// All pages are tried on one site, in one browser: to start these takes longer than most of the tests.
test('the pages complain of nothing', () => assert.deepEqual(errors, []));
