import type { NatsConnection } from '@nats-io/transport-node';

/** What 20 cameras at 15 detections a second say, evenly, on the subjects of the fast lane. */
export const perSecond = 300;

/** Starts to publish; returns how to stop it. */
export function feed(nats: NatsConnection, cameras: readonly string[]): () => void {
  let published = 0;
  const started = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
    for (; published < due; published += 1) {
      const camera = cameras[published % cameras.length] ?? '';
      nats.publish(`det.bench.${camera}`, JSON.stringify(detection(camera, published)));
    }
  }, 1);
  return () => clearInterval(timer);
}

/** One detection of five people, as the events service publishes it. */
export function detection(camera: string, sequence: number): object {
  const capturedAtUs = Math.round((performance.timeOrigin + performance.now()) * 1000);
  return {
    id: `bench-${sequence}`,
    site: 'bench',
    camera,
    source: 'main',
    capturedAtUs,
    clock: { name: 'worker', errorUs: 100_000 },
    frame: { key: '0badcafe-1f3a', pts: sequence * 6_000, clockRate: 90_000, width: 1280, height: 720, sequence },
    worker: { id: 'vision-1', run: '0193a1c2' },
    model: { name: 'hog-haar', version: '4.12.0' },
    receivedAtUs: capturedAtUs,
    objects: Array.from({ length: 5 }, (_, n) => ({
      track: String(100 + n),
      class: 'person',
      score: 0.8312,
      box: [0.1 + n / 10, 0.21734 + (sequence % 100) / 1_000, 0.09182, 0.40213],
    })),
  };
}
