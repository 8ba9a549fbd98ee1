import type { NatsConnection } from '@nats-io/transport-node';
import type { Stack } from '@sightline/infra/embedded/stack';
import { rssMib } from '../lib/processes.ts';

/** What was seen from outside while something went on. */
export interface Seen {
  /** Messages on the fast lane. */
  fast: number;
  /** The longest time without one (s). */
  longestGapS: number;
  /** The most that one copy of events, and of the gateway, held (resident memory, MiB). */
  eventsMib: number;
  gatewayMib: number;
}

const everyMs = 250;

/** Looks at the fast lane and at the memory of who works on it, from one {@link take} to the next. */
export class Watch {
  readonly #stack: Stack;
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();
  #seen = nothing();

  constructor(stack: Stack, nats: NatsConnection) {
    this.#stack = stack;
    nats.subscribe('det.>', { callback: () => this.#message() });
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** What was seen since the last time. */
  take(): Seen {
    this.#look();
    const seen = this.#seen;
    this.#seen = nothing();
    this.#last = performance.now();
    return seen;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #message(): void {
    this.#gap();
    this.#seen.fast += 1;
    this.#last = performance.now();
  }

  #gap(): void {
    this.#seen.longestGapS = Math.max(this.#seen.longestGapS, (performance.now() - this.#last) / 1_000);
  }

  #look(): void {
    this.#gap();
    const most = (service: string) =>
      Math.max(
        ...this.#stack
          .children()
          .filter(({ name }) => name === service || name === `${service}-2`)
          .map(({ pid = 0 }) => rssMib(pid) ?? 0),
      );
    this.#seen.eventsMib = Math.max(this.#seen.eventsMib, most('events'));
    this.#seen.gatewayMib = Math.max(this.#seen.gatewayMib, most('overlay-gateway'));
  }
}

const nothing = (): Seen => ({ fast: 0, longestGapS: 0, eventsMib: 0, gatewayMib: 0 });
