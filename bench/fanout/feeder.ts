import type { NatsConnection } from '@nats-io/transport-node';

/** What 20 cameras at 15 detections a second say, evenly, on the subjects of the fast lane. */
export const perSecond = 300;

/** Publishes while it is switched on: a crowd gathers in silence, as long as that takes. */
export class Feeder {
  readonly #nats: NatsConnection;
  readonly #cameras: readonly string[];
  #sequence = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(nats: NatsConnection, cameras: readonly string[]) {
    this.#nats = nats;
    this.#cameras = cameras;
  }

  start(): void {
    const [began, first] = [performance.now(), this.#sequence];
    this.#timer = setInterval(() => {
      const due = first + Math.floor(((performance.now() - began) / 1000) * perSecond);
      for (; this.#sequence < due; this.#sequence += 1) this.#publish(this.#sequence);
    }, 1);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #publish(sequence: number): void {
    const camera = this.#cameras[sequence % this.#cameras.length] ?? '';
    this.#nats.publish(`det.bench.${camera}`, JSON.stringify(detection(camera, sequence)));
  }
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
