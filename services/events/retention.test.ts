import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Detection } from '@sightline/contracts';
import { z } from 'zod';
import { Retention, retentionEnv } from './retention.ts';

const today = 20_000;
const rules = [
  { class: 'face', days: 1 },
  { site: 'north', days: 30 },
  { site: 'north', class: 'car', days: 90 },
  { site: 'vault', days: 2 },
];
const retention = new Retention(7, rules, () => today);
const detection = (site: string, age: number, ...classes: string[]): Detection => ({
  id: 'd',
  site,
  camera: 'gate',
  source: 'main',
  capturedAtUs: (today - age) * 86_400e6,
  clock: { name: 'worker', errorUs: null },
  frame: {},
  worker: { id: 'w', run: 'r' },
  model: { name: 'm', version: '1' },
  receivedAtUs: 0,
  objects: classes.map((name) => ({ class: name, score: 1, box: [0, 0, 1, 1] })),
});
const kept = (site: string, age: number, ...classes: string[]) =>
  retention.keep(detection(site, age, ...classes))?.objects.map((object) => object.class);

test('a rule for class and site comes before one for the class, that before one for the site, and the usual days last', () => {
  const days = (site: string, name?: string) => retention.daysOf(site, name);
  assert.deepEqual(
    [days('north', 'car'), days('north', 'face'), days('north', 'person'), days('north'), days('south', 'car')],
    [90, 1, 30, 30, 7],
  );
});

test('what is past its days is taken out of a frame, and a frame in which nothing is left goes when its site says so', () => {
  assert.deepEqual(kept('north', 1, 'face', 'person'), ['face', 'person']);
  assert.deepEqual(kept('north', 2, 'face', 'person'), ['person']);
  assert.deepEqual(kept('north', 20, 'face'), []);
  assert.deepEqual(kept('north', 40, 'car', 'person'), ['car']);
  assert.equal(kept('north', 40, 'person'), undefined);
  assert.equal(kept('vault', 3, 'person'), undefined);
  assert.deepEqual([retention.firstDay, retention.firstWholeDay], [today - 90, today - 1]);
});

test('rules are read from JSON, and what cannot be one is refused with what was expected', () => {
  const schema = z.object(retentionEnv);
  const read = (text: string) => schema.safeParse({ RETENTION_RULES: text });
  assert.deepEqual(schema.parse({}), { RETENTION_DAYS: 7, RETENTION_RULES: [] });
  assert.deepEqual(read(JSON.stringify(rules)).data?.RETENTION_RULES, rules);
  const bad = ['faces 1', '{"days":1}', '[{"days":1}]', '[{"class":"face","days":0}]', '[{"klass":"face","days":1}]'];
  for (const text of [...bad, '[{"class":"face","days":1},{"class":"face","days":2}]'])
    assert.equal(read(text).success, false, text);
  assert.match(read('faces 1').error?.message ?? '', /a JSON array such as/);
});
