import { collectWhenLeftAlone } from './collect.ts';
import { ConfigError } from './config.ts';
import { createLogger } from './logger.ts';
import { startTelemetry } from './telemetry.ts';

/** Something that was started and can be closed; closing waits for work in hand. */
export interface Running {
  close(): Promise<void>;
}

const graceMs = 8_000;
const collectAfterMs = 60_000;

/**
 * Runs a service: starts telemetry, reads the configuration, starts, and closes on SIGTERM or SIGINT.
 * What does not close in time is cut off. A bad environment ends with exit code 78 (sysexits EX_CONFIG).
 */
export async function run<Config>(
  name: string,
  loadConfig: (env: NodeJS.ProcessEnv) => Config,
  start: (config: Config) => Promise<Running>,
): Promise<void> {
  const logger = createLogger(name);
  const telemetry = startTelemetry(name);
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'unhandled rejection');
    process.exit(70);
  });
  try {
    const running = await start(loadConfig(process.env));
    if (globalThis.gc) collectWhenLeftAlone({ collect: globalThis.gc, afterMs: collectAfterMs });
    const signal = await stopSignal();
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(75), graceMs).unref();
    await running.close();
    await telemetry.shutdown();
    process.exit(0);
  } catch (error) {
    if (error instanceof ConfigError) logger.fatal(error.message);
    else logger.fatal({ err: error }, 'could not start');
    process.exit(error instanceof ConfigError ? 78 : 70);
  }
}

/** The listeners stay: libraries that clean up behind their children end the process when nobody else listens any more. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  });
}
