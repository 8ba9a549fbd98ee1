/**
 * How a service's Node keeps its memory: a young generation that has its size from the start, and an old one that is
 * collected when it has grown by a fifth. So what a service holds levels off within minutes, and a leak shows.
 */
export const nodeFlags = ['--min-semi-space-size=8', '--max-semi-space-size=8', '--heap-growing-percent=20'];
