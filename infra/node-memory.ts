/**
 * How a service's Node keeps its memory: a young generation that has its size from the start, small enough that its coming and
 * going hides no leak, and an old one that is collected when it has grown by a fifth, or after five minutes (libs/service/collect.ts).
 * So what a service holds levels off within minutes. The events service, which would pay for the fifth at full load, asks for
 * less often (its main.ts).
 */
export const nodeFlags = [
  '--min-semi-space-size=4',
  '--max-semi-space-size=4',
  '--heap-growing-percent=20',
  '--expose-gc',
];

/**
 * The same for the C allocator beside it (mallopt(3)): one arena a thread keeps what its thread once needed for ever, and the
 * heap of an arena keeps its size once something small lies above what was given back. What is large and short-lived (the
 * 32 KiB segments that V8 compiles in, buffers that are read into) has pages of its own, which go when it goes.
 */
export const nodeEnvironment = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TRIM_THRESHOLD_: '524288',
};
