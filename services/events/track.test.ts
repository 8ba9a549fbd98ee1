import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Box, domainEvents, type Marks } from '@sightline/contracts';
import fc from 'fast-check';
import { end, gapUs, type Sighting, see, type Track, type TrackFact } from './track.ts';

const name = { site: 'north', camera: 'cam7', run: 'r1', track: '17' };
const box: Box = [0.1, 0.2, 0.1, 0.4];
const at = (atUs: number, rest: Partial<Sighting> = {}): Sighting => ({
  atUs,
  class: 'person',
  score: 0.5,
  box,
  ...rest,
});

const noMarks: Marks = { zones: [], lines: [] };
const all: Marks = {
  zones: [
    {
      id: 'all',
      name: 'All',
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    },
  ],
  lines: [],
};

function follow(sightings: readonly Sighting[], marks = noMarks): TrackFact[] {
  const facts: TrackFact[] = [];
  let track: Track | undefined;
  for (const sighting of sightings) {
    const next = see(name, track, { sighting, marks });
    track = next.track;
    facts.push(...next.facts);
  }
  return track ? [...facts, ...end(name, track)] : facts;
}
const typesOf = (facts: readonly TrackFact[]) => facts.map(({ type }) => type);

test('a track starts when it was seen three times and ends with all that was seen of it', () => {
  const last: Box = [0.3, 0.2, 0.1, 0.4];
  const [started, ended] = follow([at(1_000), at(2_000, { score: 0.9, class: 'car' }), at(3_000, { box: last })]);
  const told = { ...name, id: started?.data.id, class: 'car', fromUs: 1_000 };
  assert.deepEqual(started?.data, { ...told, box });
  assert.deepEqual(ended?.data, {
    ...told,
    toUs: 3_000,
    detections: 3,
    best: { atUs: 2_000, score: 0.9, box },
    box: last,
  });
});

test('what was seen less often is no fact', () => {
  assert.deepEqual(follow([at(1), at(2)]), []);
});

test('a name that is used again after the gap is another track', () => {
  const later = 3 + gapUs + 1;
  const facts = follow([at(1), at(2), at(3), at(later), at(later + 1), at(later + 2)]);
  assert.deepEqual(typesOf(facts), ['TrackStarted', 'TrackEnded', 'TrackStarted', 'TrackEnded']);
  assert.notEqual(facts[0]?.data.id, facts[2]?.data.id);
  assert.deepEqual(typesOf(follow([at(1), at(2), at(3), at(3 + gapUs)])), ['TrackStarted', 'TrackEnded']);
});

test('a late sighting counts and does not move the track back', () => {
  const ended = follow([at(1), at(9), at(10), at(5, { box: [0, 0, 1, 1], score: 0.8 })]).at(-1);
  assert.ok(ended?.type === 'TrackEnded');
  const { toUs, detections, best } = ended.data;
  assert.deepEqual([toUs, detections, best.atUs, ended.data.box], [10, 4, 5, box]);
});

test('what a track has done among zones before it was believed is told once it is, and its end leaves every zone', () => {
  assert.deepEqual(follow([at(1), at(2)], all), []);
  const facts = follow([at(1), at(2), at(3)], all);
  assert.deepEqual(typesOf(facts), ['TrackStarted', 'ZoneEntered', 'ZoneLeft', 'TrackEnded']);
  const [, entered, left] = facts;
  assert.ok(entered?.type === 'ZoneEntered' && left?.type === 'ZoneLeft');
  assert.deepEqual([entered.data.atUs, entered.data.at], [1, [0.1 + 0.1 / 2, 0.2 + 0.4]]);
  assert.deepEqual([left.data.sinceUs, left.data.atUs, left.data.because], [1, 3, 'ended']);
});

test('whatever is seen, every track starts once, then ends once, its facts fit the log and have ids that stay', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const sighting = fc.record({
    atUs: fc.integer({ min: 0, max: 20 * gapUs }),
    class: fc.constantFrom('person', 'car'),
    score: share,
    box: fc.tuple(share, share, share, share),
  });
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 60 }), (sightings) => {
      const told = follow(sightings, all);
      assert.deepEqual(follow(sightings, all), told);
      assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
      for (const { type, data } of told) domainEvents[type].parse(data);
      const facts = told.filter(({ type }) => type.startsWith('Track'));
      for (let n = 0; n < facts.length; n += 2) {
        assert.deepEqual(typesOf(facts.slice(n, n + 2)), ['TrackStarted', 'TrackEnded']);
        assert.equal(facts[n]?.data.id, facts[n + 1]?.data.id);
      }
    }),
  );
});
