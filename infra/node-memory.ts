/**
 * How a service's Node keeps its memory, so that what it holds levels off within minutes and a leak would show. A young generation
 * that has its size from the start, small enough that its coming and going hides none. An old one that is collected when it has
 * grown by a fifth, or after a minute (libs/service/collect.ts); the events service, which would pay for the fifth at full
 * load, asks for less often (its main.ts). No baseline code: what is not hot enough for the optimising compilers stays bytecode,
 * where it would be compiled function by function for hours.
 */
export const nodeFlags = [
  '--min-semi-space-size=4',
  '--max-semi-space-size=4',
  '--heap-growing-percent=20',
  '--expose-gc',
  '--no-sparkplug',
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
