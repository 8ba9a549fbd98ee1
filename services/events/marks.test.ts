import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Marks, Point } from '@sightline/contracts';
import fc from 'fast-check';
import { hysteresis, type Move, move, nowhere, type Standing } from './marks.ts';

const gate: Marks = {
  zones: [
    {
      id: 'gate',
      name: 'Gate',
      polygon: [
        [0.4, 0.2],
        [0.6, 0.2],
        [0.6, 0.8],
        [0.4, 0.8],
      ],
    },
  ],
  lines: [{ id: 'kerb', name: 'Kerb', from: [0.5, 0.9], to: [0.5, 0.1] }],
};

/** What happens on a way, in words. */
function walk(points: readonly Point[], marks: Marks = gate, from: Standing = nowhere): string[] {
  let standing = from;
  return points.flatMap((at, n) => {
    const { inside, beside, ...moved } = move(standing, marks, { at, atUs: n });
    standing = { inside, beside };
    return wordsOf(moved).map((words) => `${n} ${words}`);
  });
}
const wordsOf = ({ left, entered, crossed }: Move) => [
  ...left.map(({ inside, because }) => `left ${inside.zone} of ${inside.sinceUs}, ${because}`),
  ...entered.map(({ id }) => `entered ${id}`),
  ...crossed.map(({ line, to }) => `crossed ${line.id} to the ${to}`),
];
const across = (...xs: number[]): Point[] => xs.map((x) => [x, 0.5]);

test('a way through a zone and over its line is told in order', () => {
  assert.deepEqual(walk(across(0.3, 0.45, 0.55, 0.7)), [
    '1 entered gate',
    '2 crossed kerb to the right',
    '3 left gate of 1, moved',
  ]);
  assert.deepEqual(walk(across(0.55, 0.45)), ['0 entered gate', '1 crossed kerb to the left']);
});

test('trembling on an edge or a line is told once, by whoever has come far enough', () => {
  const tremble = across(0.395, 0.405, 0.395, 0.405, 0.412, 0.405, 0.395, 0.391, 0.495, 0.505, 0.495, 0.505);
  assert.deepEqual(walk(tremble), ['4 entered gate']);
});

test('who goes around the end of a line has not crossed it', () => {
  const around: Point[] = [
    [0.3, 0.95],
    [0.45, 0.95],
    [0.55, 0.95],
    [0.55, 0.5],
  ];
  assert.deepEqual(walk(around), ['3 entered gate']);
});

test('a step over a whole zone is a step over its line alone', () => {
  assert.deepEqual(walk(across(0.1, 0.9)), ['1 crossed kerb to the right']);
});

test('a zone that is taken away is left', () => {
  const inside: Standing = { inside: [{ zone: 'old', name: 'Old', sinceUs: 7 }], beside: [] };
  assert.deepEqual(walk(across(0.1), gate, inside), ['0 left old of 7, removed']);
});

test('a zone thinner than the hysteresis can be entered', () => {
  const polygon: Point[] = [
    [0, 0.5],
    [1, 0.5],
    [1, 0.5 + hysteresis / 2],
    [0, 0.5 + hysteresis / 2],
  ];
  const thin: Marks = { zones: [{ id: 'thin', name: 'Thin', polygon }], lines: [] };
  assert.deepEqual(walk([[0.5, 0.5 + hysteresis / 4]], thin), ['0 entered thin']);
});

test('wherever a track goes, it leaves only what it is in and enters only what it is not in', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(share, share), { maxLength: 40 }), (points) => {
      let isIn = false;
      for (const words of walk(points).filter((each) => !each.includes('crossed'))) {
        assert.equal(words.includes('entered'), !isIn);
        isIn = !isIn;
      }
    }),
  );
});
