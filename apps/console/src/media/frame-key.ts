const tables = crcTables();

/** Tables of CRC-32 (zlib's polynomial) for eight bytes at a time: `tables[256 * k + byte]`. */
function crcTables(): Uint32Array {
  const made = new Uint32Array(256 * 8);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    made[byte] = value;
  }
  for (let index = 256; index < made.length; index += 1) {
    const before = made[index - 256] ?? 0;
    made[index] = (before >>> 8) ^ (made[before & 255] ?? 0);
  }
  return made;
}

const entry = (k: number, byte: number) => tables[256 * k + (byte & 255)] ?? 0;

/** Goes on with a CRC-32 over the bytes from `start` to `end`. */
function crc32(bytes: Uint8Array, [start, end]: readonly [number, number], before: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~before;
  let at = start;
  for (; end - at >= 8; at += 8) {
    const low = crc ^ view.getUint32(at, true);
    const high = view.getUint32(at + 4, true);
    crc =
      entry(7, low) ^
      entry(6, low >>> 8) ^
      entry(5, low >>> 16) ^
      entry(4, low >>> 24) ^
      entry(3, high) ^
      entry(2, high >>> 8) ^
      entry(1, high >>> 16) ^
      entry(0, high >>> 24);
  }
  for (; at < end; at += 1) crc = (crc >>> 8) ^ entry(0, crc ^ (bytes[at] ?? 0));
  return ~crc;
}

/** Index after the next start code (00 00 01) at or after `from`; -1 when there is none. */
function afterStartCode(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 2 < bytes.length; ) {
    const third = bytes[at + 2] ?? 0;
    if (third === 1 && bytes[at] === 0 && bytes[at + 1] === 0) return at + 3;
    at += third > 0 ? 3 : 1;
  }
  return -1;
}

/**
 * The name of a frame that worker and viewer both compute from the same coded bytes: CRC-32 over the VCL NAL units (types 1
 * to 5) of an H.264 access unit (Annex B) in order, and their total length, both hex. Undefined without any.
 * Parameter sets, SEI, delimiters and trailing zeros are left out: senders add and drop them on the way.
 */
export function frameKey(accessUnit: Uint8Array): string | undefined {
  let crc = 0;
  let length = 0;
  for (let start = afterStartCode(accessUnit, 0); start >= 0; ) {
    const next = afterStartCode(accessUnit, start);
    let end = next < 0 ? accessUnit.length : next - 3;
    while (end > start && accessUnit[end - 1] === 0) end -= 1;
    const type = (accessUnit[start] ?? 0) & 31;
    if (end > start && type >= 1 && type <= 5) {
      crc = crc32(accessUnit, [start, end], crc);
      length += end - start;
    }
    start = next;
  }
  return length > 0 ? `${(crc >>> 0).toString(16).padStart(8, '0')}-${length.toString(16)}` : undefined;
}
