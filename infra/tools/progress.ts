/** Tells a person what is going on: each step by name when it begins, with its outcome and time when it ends. */
export class Progress {
  readonly #write: (line: string) => void;
  readonly #now: () => number;

  constructor(
    write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
    now: () => number = Date.now,
  ) {
    this.#write = write;
    this.#now = now;
  }

  say(line: string): void {
    this.#write(line);
  }

  /** Runs a step. `work` may tell how far it is; what it returns is shown as its outcome. */
  async step(name: string, work: (tell: (detail: string) => void) => Promise<string>): Promise<void> {
    const started = this.#now();
    const seconds = () => `${((this.#now() - started) / 1000).toFixed(1)} s`;
    let detail = '';
    let told = started;
    const heartbeat = setInterval(() => this.#write(`  … ${name}${detail && `: ${detail}`} (${seconds()})`), 10_000);
    const tell = (text: string) => {
      detail = text;
      if (this.#now() - told < 2_000) return;
      told = this.#now();
      this.#write(`  … ${name}: ${text}`);
    };
    try {
      const outcome = await work(tell);
      this.#write(`  ✓ ${name}${outcome && `: ${outcome}`} (${seconds()})`);
    } catch (error) {
      this.#write(`  ✗ ${name} failed after ${seconds()}`);
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }
}

/** A step that failed, with what to do about it. */
export class SetupError extends Error {
  override name = 'SetupError';

  constructor(what: string, hint: string, options?: ErrorOptions) {
    super(`${what}\n  What to do: ${hint}`, options);
  }
}
