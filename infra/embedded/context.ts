import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** What every part of one stack is started with. */
export interface StackContext {
  /** Folder of all data, secrets and logs of this stack. */
  state: string;
  ports: Ports;
  secrets: Secrets;
  /** Where a part's output goes. */
  logFile(name: string): string;
  /** Path of a real part's program. */
  tool(name: string): string;
  /** Set for every service and worker besides their own. */
  environment: Record<string, string>;
}
