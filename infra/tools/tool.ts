/** A real part that the system is run with. */
export interface Tool {
  name: string;
  /** What it is for, in a few words. */
  purpose: string;
  /** Programs that it puts into `.tools/bin`. */
  provides: readonly string[];
  /** Changes when it has to be installed anew: versions, packages. */
  recipe: string;
  /** A program of the host that can do it, made usable; says which, or undefined when there is none. */
  adopt?(): Promise<string | undefined>;
  /** Gets it from a package registry; says what it got. */
  install(tell: (detail: string) => void): Promise<string>;
}
