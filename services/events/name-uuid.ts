import { createHash } from 'node:crypto';

const namespace = Buffer.from('5e1d7a2c9b0f4c3e8a6d1f2b3c4d5e6f', 'hex');

/** The UUID (v5, RFC 9562) of what these values name: the same values always give the same one. */
export function uuidOf(...name: readonly (string | number)[]): string {
  const bytes = createHash('sha1').update(namespace).update(JSON.stringify(name)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
