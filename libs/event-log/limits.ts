/** What one append may hold at most; sizes in bytes. The table's own checks say the same of each row. */
export const limits = {
  events: 1_000,
  streams: 100,
  dataBytes: 256 * 1024,
  metadataBytes: 4 * 1024,
  typeBytes: 100,
  appendBytes: 8 * 1024 * 1024,
} as const;

/** What one round trip carries at most, unless a single append is larger. */
export const roundTrip = { events: 2_000, bytes: 8 * 1024 * 1024 } as const;
