/** How the elements of an array stand in Postgres' binary format: their type, and each one's size and bytes. */
interface Elements<Item> {
  oid: number;
  size(item: Item): number;
  write(buffer: Buffer, item: Item, at: number): void;
}

/**
 * An array parameter in Postgres' binary format (`array_recv`), which `pg` hands on as it is: no element is quoted here or
 * unquoted there, which in text costs as much as storing it.
 */
const arrayOf =
  <Item>({ oid, size, write }: Elements<Item>) =>
  (items: readonly Item[]): Buffer => {
    const sizes = items.map(size);
    const buffer = Buffer.allocUnsafe(sizes.reduce((sum, bytes) => sum + 4 + bytes, headerBytes));
    for (const [index, value] of [1, 0, oid, items.length, 1].entries()) buffer.writeInt32BE(value, 4 * index);
    let at = headerBytes;
    for (const [index, item] of items.entries()) {
      const bytes = sizes[index] ?? 0;
      buffer.writeInt32BE(bytes, at);
      write(buffer, item, at + 4);
      at += 4 + bytes;
    }
    return buffer;
  };

/** Dimensions, whether there are nulls, the elements' type, how many, and the first one's subscript. */
const headerBytes = 20;

export const textArray = arrayOf<string>({
  oid: 25,
  size: (text) => Buffer.byteLength(text),
  write: (buffer, text, at) => buffer.write(text, at),
});

export const uuidArray = arrayOf<string>({
  oid: 2950,
  size: () => 16,
  write: (buffer, id, at) => buffer.write(id.replaceAll('-', ''), at, 'hex'),
});

/** Postgres counts microseconds from 2000. */
const epochMs = Date.UTC(2000, 0, 1);

export const timestamptzArray = arrayOf<Date>({
  oid: 1184,
  size: () => 8,
  write: (buffer, time, at) => buffer.writeBigInt64BE(BigInt(time.getTime() - epochMs) * 1_000n, at),
});
