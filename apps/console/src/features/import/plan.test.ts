import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileProblem, planImport } from './plan.ts';

const areas = [
  { id: 'yard', site: 'north', name: 'Yard' },
  { id: 'gate-1', site: 'north', name: 'Gate' },
  { id: 'gate-2', site: 'south', name: 'Gate' },
];
const cameras = [
  {
    id: 'old',
    site: 'north',
    area: 'yard',
    name: 'Old one',
    enabled: true,
    retired: false,
    zones: [],
    lines: [],
    sources: { main: { url: 'rtsp://10.0.0.1/a' } },
  },
];
const plan = (...lines: string[]) =>
  planImport(['name,area,url,username,password', ...lines].join('\r\n'), { areas, cameras });

test('a good line registers a camera, its area by name or id', () => {
  const [first, second] = plan('"Door, north",yard,rtsp://10.0.0.2/a,ann,"se""cret"', 'Gate,gate-1,rtsp://10.0.0.3/a');
  assert.deepEqual(first, {
    line: 2,
    name: 'Door, north',
    will: 'register',
    text: 'New in Yard',
    body: {
      name: 'Door, north',
      area: 'yard',
      sources: { main: { url: 'rtsp://10.0.0.2/a', username: 'ann', password: 'se"cret' } },
    },
  });
  assert.equal(second?.will, 'register');
});

test('a sub stream may stand in a column of its own', () => {
  const text = [
    'name,area,url,sub',
    'Door,yard,rtsp://10.0.0.2/a,rtsp://10.0.0.2/b',
    'Gate,yard,rtsp://10.0.0.3/a,http://b/',
  ];
  const [door, gate] = planImport(text.join('\n'), { areas, cameras });
  assert.deepEqual(door?.will === 'register' && door.body.sources.sub, { url: 'rtsp://10.0.0.2/b' });
  assert.equal(gate?.will, 'fail');
});

test('a bad line says what was expected and what came, and nothing of the others is lost', () => {
  const lines = plan(
    ',yard,rtsp://10.0.0.2/a',
    'A,attic,rtsp://10.0.0.2/a',
    'B,Gate,rtsp://10.0.0.2/a',
    'C,yard,http://10.0.0.2/',
    'D,yard,rtsp://10.0.0.2/a',
  );
  assert.deepEqual(
    lines.map(({ line, will }) => [line, will]),
    [
      [2, 'fail'],
      [3, 'fail'],
      [4, 'fail'],
      [5, 'fail'],
      [6, 'register'],
    ],
  );
  assert.match(lines[0]?.text ?? '', /^name: expected/);
  assert.match(lines[1]?.text ?? '', /area: expected .*Yard.*got attic/);
  assert.match(lines[2]?.text ?? '', /2 areas are named Gate/);
  assert.match(lines[3]?.text ?? '', /Expected rtsp:\/\//);
});

test('an address that is there already, or twice in the file, is passed over', () => {
  const lines = plan('New,yard,rtsp://ann:x@10.0.0.1/a', 'A,yard,rtsp://10.0.0.2/a', 'B,yard,rtsp://10.0.0.2/a');
  assert.deepEqual(
    lines.map(({ will, text }) => [will, text]),
    [
      ['skip', 'Its address is registered already, as Old one.'],
      ['register', 'New in Yard'],
      ['skip', 'Its address is named in line 3 already.'],
    ],
  );
});

test('a file without its columns is refused as a whole', () => {
  assert.match(fileProblem('camera;address\nx;y') ?? '', /Expected a first line.*Missing: name, area, url/);
  assert.equal(fileProblem('Name, AREA ,url\nx,y,z'), undefined);
});

test('an address is known again, whatever password stands in it', () => {
  const [first, again] = plan('A,yard,rtsp://ann:x@10.0.0.4/?pwd=one', 'B,yard,rtsp://10.0.0.4/?pwd=two');
  assert.deepEqual([first?.will, again?.will], ['register', 'skip']);
});
