/** NATS subjects. Ids are checked (see ids.ts), so no `*`, `>` or `.` can come in with them. */
export const subjects = {
  /** Fast lane: one message a frame, newest wins. */
  detection: (site: string, camera: string) => `det.${site}.${camera}`,
  /** Asked by one gateway, answered by all: users who follow a camera there (JSON array of ids). */
  people: (camera: string) => `people.${camera}`,
  /** Domain events for everybody outside, from stream `LOG`. */
  log: (site: string | undefined, noun: string, id: string) => `log.${site ?? 'global'}.${noun}.${id}`,
  /** Signed heads of the log's chain, on stream `SEAL`; whoever keeps them elsewhere can tell what was changed since. */
  seal: 'seal.log',
  /** Facts seen at the edge, on stream `EDGE`. */
  edge: (site: string, noun: string, id: string) => `edge.${site}.${noun}.${id}`,
} as const;

/** JetStream streams. */
export const streams = {
  /** `consumer` is for one integration; more are made by an administrator of NATS. */
  log: { name: 'LOG', subjects: ['log.>'], consumer: 'integrator' },
  edge: { name: 'EDGE', subjects: ['edge.>'], consumer: 'events' },
  seal: { name: 'SEAL', subjects: ['seal.log'] },
} as const;

/** NATS message headers of ours; trace context travels in the standard `traceparent`. */
export const headers = { position: 'Sightline-Position', traceparent: 'traceparent' } as const;
