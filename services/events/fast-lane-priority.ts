import { setImmediate as nextTurn } from 'node:timers/promises';
import { pause } from '@sightline/service';

/** So many entries in one read: more come than the fast lane takes out one by one. */
const pressedBy = 32;
/** So long after such a read it still counts as pressed (ms). */
const pressedMs = 50;
/** The durable lane stands back for so long in all (ms), then works until it has caught up: it is never starved. */
const patienceMs = 5_000;
const standBackMs = 10;

/** Lets the fast lane go first: all lanes share one thread, and nobody waits for what is stored. */
export class FastLanePriority {
  readonly #patienceMs: number;
  #pressedUntil = Number.NEGATIVE_INFINITY;
  #stoodBackMs = 0;

  constructor(patience = patienceMs) {
    this.#patienceMs = patience;
  }

  /** The fast lane has read so many entries at once. */
  fastLaneRead(count: number): void {
    if (count >= pressedBy) this.#pressedUntil = performance.now() + pressedMs;
  }

  /** Nothing waits to be stored: the durable lane has its whole patience again. */
  caughtUp(): void {
    this.#stoodBackMs = 0;
  }

  /** Resolves when slow work may go on, after what has come for the fast lane meanwhile; to be asked every few milliseconds. */
  async turn(): Promise<void> {
    await nextTurn();
    while (performance.now() < this.#pressedUntil && this.#stoodBackMs < this.#patienceMs) {
      await pause(standBackMs);
      this.#stoodBackMs += standBackMs;
    }
  }
}
