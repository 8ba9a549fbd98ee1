import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { frameKey } from './frame-key.ts';

const fixtures = join(import.meta.dirname, '../../../../libs/contracts/fixtures/frame-keys.json');
const vectors: { name: string; accessUnit: string; key: string | null }[] = JSON.parse(readFileSync(fixtures, 'utf8'));
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

test('every vector that workers are held to', () => {
  for (const { name, accessUnit, key } of vectors) assert.equal(frameKey(bytes(accessUnit)), key ?? undefined, name);
});

test('a long slice has the checksum that zlib gives it', async () => {
  const { crc32 } = await import('node:zlib');
  const slice = Uint8Array.from({ length: 1_003 }, (_, index) => (index === 0 ? 0x65 : ((index * 7) % 254) + 1));
  const unit = new Uint8Array([0, 0, 0, 1, ...slice]);
  assert.equal(frameKey(unit), `${crc32(slice).toString(16).padStart(8, '0')}-3eb`);
});
