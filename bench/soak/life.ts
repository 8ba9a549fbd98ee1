import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import type { Browser } from 'playwright-core';
import { openPage } from '../../tests/support/browser.ts';
import { Client, operator, viewer } from '../../tests/support/client.ts';
import { openOverlay } from '../../tests/support/overlay.ts';
import { until } from '../../tests/support/until.ts';

const areas = ['outdoors', 'indoors'];
const cameras = ['plaza', 'gate', 'desk', 'clock'];
/** The same cameras at the simulator. */
const paths = ['pedestrians', 'bframes', 'faces', 'clock'];
const user = { name: 'soak', password: 'the password of soak' };

interface LifeOptions {
  /** Browsers' pages and WebSockets that come and go beside each other. */
  pages: number;
  sockets: number;
  /** How long one of each stays at most (ms). */
  stayMs: number;
  /** How many times as quickly all this goes. */
  pace?: number;
}

/** What happens on a working day, quicker: cameras drop off, viewers come and go, names are changed, people search. */
export class Life {
  readonly #stack: Stack;
  readonly #browser: Browser;
  readonly #options: Required<LifeOptions>;
  readonly #count: Record<string, number> = {};
  #stop = new AbortController();
  #running: Promise<unknown>[] = [];

  constructor(stack: Stack, browser: Browser, options: LifeOptions) {
    this.#stack = stack;
    this.#browser = browser;
    this.#options = { pace: 1, ...options };
  }

  /** How often each thing has happened. */
  get count(): Readonly<Record<string, number>> {
    return this.#count;
  }

  /** The users that come and go. */
  async register(): Promise<void> {
    await viewer(this.#stack, user.name, areas);
  }

  start(): void {
    const { pages, sockets, stayMs } = this.#options;
    this.#stop = new AbortController();
    this.#running = [
      this.#repeat('cameras dropped', stayMs / 2, () => this.#drop()),
      this.#repeat('commands', 3_000, () => this.#command()),
      ...Array.from({ length: pages }, () => this.#repeat('pages', 1_000, () => this.#page())),
      ...Array.from({ length: sockets }, () => this.#repeat('sockets', 500, () => this.#socket())),
    ];
  }

  /** Ends what goes on: nobody looks, every camera is there and comes. */
  async rest(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
    const administrator = await operator(this.#stack);
    await until('every camera live', async () => {
      const { cameras: all } = (await administrator.get('/api/cameras')).body;
      const live = all.filter(({ feed }: { feed?: { state: string } }) => feed?.state === 'live');
      return cameras.every((camera) => live.some(({ id }: { id: string }) => id === camera));
    });
  }

  /** What fails is counted, and tried again: the stack is busy, not under test here. */
  async #repeat(what: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const name = await work().then(
        () => what,
        () => `${what}, failed`,
      );
      this.#count[name] = (this.#count[name] ?? 0) + 1;
      await this.#while(Math.random() * everyMs);
    }
  }

  /** A pause that ends with the life, at its pace. */
  #while(ms: number): Promise<void> {
    return pause(ms / this.#options.pace, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #stay(): Promise<void> {
    return this.#while((0.3 + Math.random() * 0.7) * this.#options.stayMs);
  }

  async #drop(): Promise<void> {
    const path = paths[Math.floor(Math.random() * paths.length)];
    const control = (verb: string) =>
      fetch(`http://127.0.0.1:${this.#stack.ports.cameraControl}/${verb}/${path}`, { method: 'POST' });
    await control('drop');
    await this.#while(this.#options.stayMs / 2);
    await control('restore');
  }

  async #command(): Promise<void> {
    const administrator = await operator(this.#stack);
    const camera = cameras[Math.floor(Math.random() * cameras.length)];
    await administrator.post(`/api/cameras/${camera}/rename`, { name: `Camera ${Date.now()}` });
    await administrator.get('/api/cameras');
    await administrator.get(`/api/detections?camera=${camera}`);
  }

  async #page(): Promise<void> {
    const { page } = await openPage(this.#browser, { width: 1200, height: 700 });
    try {
      await page.goto(this.#stack.url);
      await page.getByLabel('User name').fill(user.name);
      await page.getByLabel('Password').fill(user.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('figure[data-state="live"]').first().waitFor();
      await this.#stay();
    } finally {
      await page.context().close();
    }
  }

  /** Half of those who go say so; the others are gone. */
  async #socket(): Promise<void> {
    const client = new Client(this.#stack.url);
    await client.signIn(user.name, user.password);
    const { socket, subscribe } = await openOverlay(this.#stack, { cookie: client.cookie });
    subscribe(...cameras);
    await this.#stay();
    if (Math.random() < 0.5) socket.close();
    else socket.terminate();
    await client.delete('/api/session');
  }
}
