interface Listener {
  /** Whether text is wanted; else only its length is told. */
  keepText: boolean;
  onText(length: number, text: string): void;
  onPing(payload: Buffer): void;
}

const opcodes = { text: 0x1, ping: 0x9 };
const nothing: Buffer = Buffer.alloc(0);

/** Reads what a WebSocket server sends, unfragmented (RFC 6455, 5.2), and passes over payloads that nobody wants. */
export class FrameReader {
  readonly #listener: Listener;
  #rest: Buffer = nothing;
  #skip = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  take(chunk: Buffer): void {
    let data: Buffer = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      const skipped = Math.min(this.#skip, data.length);
      this.#skip -= skipped;
      data = data.subarray(skipped);
      const frame = this.#skip === 0 ? headerOf(data) : undefined;
      if (!frame) break;
      const wanted = frame.opcode === opcodes.ping || (frame.opcode === opcodes.text && this.#listener.keepText);
      if (wanted && data.length < frame.start + frame.length) break;
      this.#tell(frame, data);
      this.#skip = frame.start + frame.length;
    }
    this.#rest = data;
  }

  #tell({ opcode, start, length }: Header, data: Buffer): void {
    const payload = () => data.subarray(start, start + length);
    if (opcode === opcodes.ping) this.#listener.onPing(payload());
    if (opcode === opcodes.text) this.#listener.onText(length, this.#listener.keepText ? payload().toString() : '');
  }
}

interface Header {
  opcode: number;
  start: number;
  length: number;
}

function headerOf(data: Buffer): Header | undefined {
  if (data.length < 2) return undefined;
  const opcode = (data[0] ?? 0) & 0x0f;
  const short = data[1] ?? 0;
  if (short < 126) return { opcode, start: 2, length: short };
  if (data.length < (short === 126 ? 4 : 10)) return undefined;
  return short === 126
    ? { opcode, start: 4, length: data.readUInt16BE(2) }
    : { opcode, start: 10, length: Number(data.readBigUInt64BE(2)) };
}

/** A client's frame; its mask of zeros leaves the payload as it is. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const lengths = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...lengths, 0, 0, 0, 0]), payload]);
}
