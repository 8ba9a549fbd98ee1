import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Stack } from '@sightline/infra/embedded/stack';

interface WorkersOptions {
  count: number;
  cameras: readonly string[];
  /** How often each writes (ms). */
  everyMs: number;
}

/** Workers that write under load; one that was killed is started again, as a new run. */
export class Workers {
  /** `<run> <sequence>` of all that Redis has acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children = new Set<ChildProcess>();
  #wanted = true;

  constructor({ ports, secrets }: Stack, { count, cameras, everyMs }: WorkersOptions) {
    this.#environment = {
      ...process.env,
      REDIS_URL: `redis://worker:${secrets.redis.worker}@127.0.0.1:${ports.redis}`,
      CAMERAS: cameras.join(','),
      EVERY_MS: String(everyMs),
    };
    for (let worker = 0; worker < count; worker += 1) this.#start();
  }

  killOne(): void {
    const [first] = this.#children;
    first?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    const ended = [...this.#children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  #start(): void {
    const child = fork(join(import.meta.dirname, 'writer.ts'), { env: this.#environment });
    this.#children.add(child);
    child.on('message', (key: string) => this.acknowledged.add(key));
    child.once('exit', () => {
      this.#children.delete(child);
      if (this.#wanted) this.#start();
    });
  }
}
