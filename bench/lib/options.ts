/** What every bench understands. */
export interface BenchOptions {
  /** A small run: checks the measuring, not the figures. */
  quick: boolean;
}

/** Reads the flags; `--help` prints and ends. */
export function benchOptions(help: string): BenchOptions {
  if (process.argv.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  return { quick: process.argv.includes('--quick') };
}
