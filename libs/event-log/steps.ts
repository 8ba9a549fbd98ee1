import { type Logger, pause } from '@sightline/service';
import type { AppendListener } from './append-listener.ts';

/** What somebody has come to in one step; `atEnd`: nothing is left to do until more is appended. */
export interface Step {
  position: number;
  atEnd: boolean;
}

/** Somebody who follows the log. */
export interface Follower {
  position(): number;
  /** Resolves once everything up to `position` is done; false when that took longer than `timeoutMs`. */
  caughtUp(position: number, timeoutMs?: number): Promise<boolean>;
  close(): Promise<void>;
}

interface StepsOptions {
  appends: AppendListener;
  logger: Logger;
  /** Whose steps they are, for the log line of a failed one. */
  who: Record<string, string>;
  step(signal: AbortSignal): Promise<Step>;
  /** What to wait for at the end instead of the next append. */
  rest?(signal: AbortSignal): Promise<void>;
}

/** Takes steps until it is closed: at once while there is more, else when something was appended. One that fails is tried again each second. */
export function startSteps({ appends, logger, who, step, rest }: StepsOptions): Follower {
  const ended = new AbortController();
  const waiting = new Set<() => void>();
  let position = 0;

  const loop = async () => {
    while (!ended.signal.aborted) {
      const notifications = appends.notifications;
      try {
        const done = await step(ended.signal);
        position = done.position;
        for (const check of [...waiting]) check();
        if (done.atEnd) await (rest ? rest(ended.signal) : appends.next(notifications, ended.signal));
      } catch (error) {
        if (ended.signal.aborted) return;
        logger.error({ err: error, ...who }, 'a follower of the log stopped, trying again');
        await pause(1_000, ended.signal);
      }
    }
  };
  const running = loop();

  return {
    position: () => position,
    caughtUp: (target, timeoutMs = 5_000) => reached(() => position >= target, waiting, timeoutMs),
    close: async () => {
      ended.abort();
      await running;
    },
  };
}

function reached(condition: () => boolean, waiting: Set<() => void>, timeoutMs: number): Promise<boolean> {
  if (condition()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (result: boolean) => {
      clearTimeout(timer);
      waiting.delete(check);
      resolve(result);
    };
    const check = () => condition() && end(true);
    const timer = setTimeout(() => end(false), timeoutMs);
    waiting.add(check);
  });
}
