import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress } from '../publishing-process.ts';
import { lineReader } from './publisher.ts';

test('lines of the program are read whatever way the chunks fall, and what is no line of its is left', () => {
  const text = '{"frames":3,"mediaMs":133.3}\nnonsense\n{"frames":4}\n{"ended":"refused"}\n';
  for (const size of [1, 7, text.length]) {
    const [seen, endings] = [[] as Progress[], [] as string[]];
    const read = lineReader(
      (progress) => seen.push(progress),
      (code) => endings.push(code),
    );
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    assert.deepEqual([seen, endings], [[{ frames: 3, positionMs: 133.3 }], ['refused']]);
  }
});
