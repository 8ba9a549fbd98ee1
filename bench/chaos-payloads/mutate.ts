/** A sequence of numbers 0..1 that a seed repeats (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is put where something else belongs; numbers that JSON cannot hold come as text that a lenient reader would take. */
const odd: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53 + 2,
  -0.5,
  '',
  'NaN',
  '\u0000',
  '../../etc',
  "'; drop table events.detections; --",
  'x'.repeat(5_000),
  [],
  {},
  [[[]]],
  { __proto__: null, constructor: 1 },
  Array.from({ length: 600 }, () => ({ class: 'person', score: 1, box: [0, 0, 1, 1] })),
];
const raw = ['NaN', '1e999', '-Infinity', '{', ']', '"', '\\u0000', '0x10', '\u{10FFFF}', '"__proto__":{"v":1},'];

/** One payload that is not quite what was meant: a value, a key or some characters of a good one are changed. */
export function mutate(sample: object, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const value = structuredClone(sample);
  const kind = random();
  if (kind < 0.5) {
    const [holder, key] = pick(places(value));
    if (random() < 0.3) Reflect.deleteProperty(holder, key);
    else Reflect.set(holder, key, pick(odd));
    return JSON.stringify(value);
  }
  const text = JSON.stringify(value);
  const at = Math.floor(random() * text.length);
  if (kind < 0.6) return text.slice(0, at);
  if (kind < 0.7) return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1);
  if (kind < 0.9) return text.slice(0, at) + pick(raw) + text.slice(at);
  if (kind < 0.95) return text + text;
  return '[{"a":'.repeat(1 + Math.floor(random() * 5_000));
}

/** Every place in a value that something else could be put into. */
function places(value: object): [holder: object, key: string][] {
  return Object.entries(value).flatMap(([key, inner]): [object, string][] => [
    [value, key],
    ...(typeof inner === 'object' && inner !== null ? places(inner) : []),
  ]);
}
