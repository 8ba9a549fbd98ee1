import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackOff } from '@sightline/timing';

/** How to start one process of the stack. */
export interface ChildOptions {
  name: string;
  /** Program and arguments; `setpriv --pdeathsig KILL` is put before it, so that it never outlives the starter. */
  command: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** File that its output is appended to. */
  log: string;
  stopSignal?: NodeJS.Signals;
  stdin?: string;
}

/** One process, started again with growing pauses whenever it ends by itself. */
export class Child {
  readonly name: string;
  readonly #options: ChildOptions;
  readonly #output: WriteStream;
  #process: ChildProcess | undefined;
  #wanted = false;
  #restarts = 0;
  readonly #backOff = new BackOff({ firstMs: 200, longestMs: 5_000, healthyMs: 10_000 });
  #again: NodeJS.Timeout | undefined;

  constructor(options: ChildOptions) {
    this.name = options.name;
    this.#options = options;
    this.#output = createWriteStream(options.log, { flags: 'a', mode: 0o600 });
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** How often it was started again because it had ended by itself. */
  get restarts(): number {
    return this.#restarts;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#spawn();
  }

  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Asks it to end, waits up to `graceMs`, then kills it; it stays down until {@link start}. */
  async stop(graceMs = 4_000): Promise<void> {
    await this.#end(this.#options.stopSignal ?? 'SIGTERM', graceMs);
  }

  /** Kills it with -9; it stays down until {@link start}. */
  async hold(): Promise<void> {
    await this.#end('SIGKILL', 0);
  }

  async #end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#again);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = new AbortController();
    await Promise.race([ended, sleep(graceMs, undefined, { signal: late.signal }).then(() => child.kill('SIGKILL'))]);
    await ended;
    late.abort();
  }

  #spawn(): void {
    const { command, env, cwd, stdin } = this.#options;
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
      env: env ?? process.env,
      ...(cwd ? { cwd } : {}),
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // Ctrl-C goes to the whole group of processes: these are ended by us instead, in order.
      detached: true,
    });
    const since = Date.now();
    this.#process = child;
    child.stdin?.end(stdin);
    child.stdout?.pipe(this.#output, { end: false });
    child.stderr?.pipe(this.#output, { end: false });
    child.on('error', (error) => this.#output.write(`could not start: ${error.message}\n`));
    child.once('exit', () => this.#startAgain(Date.now() - since));
  }

  #startAgain(heldMs: number): void {
    if (!this.#wanted) return;
    this.#restarts += 1;
    this.#again = setTimeout(() => this.#spawn(), this.#backOff.next({ heldMs }));
  }
}
