/** The messages of WebSocket frames of up to 64 KiB, without their headers (RFC 6455, 5.2: two bytes, or four from 126 on). */
export function messagesOf(data: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < data.length; ) {
    const short = data[at + 1] ?? 0;
    const [start, length] = short < 126 ? [at + 2, short] : [at + 4, data.readUInt16BE(at + 2)];
    texts.push(data.toString('utf8', start, start + length));
    at = start + length;
  }
  return texts;
}
