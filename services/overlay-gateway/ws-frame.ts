const opcodes = { text: 0x1, ping: 0x9 } as const;

/** A whole WebSocket message of a server, in one frame and unmasked (RFC 6455, 5.2), from the parts of its payload. */
export function wsFrame(opcode: keyof typeof opcodes, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(opcodes[opcode], length), ...parts]);
}

function header(opcode: number, length: number): Buffer {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, length]);
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff]);
  const long = Buffer.alloc(10);
  long[0] = first;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
