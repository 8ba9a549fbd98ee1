import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something did not come up in time; the message says what, and where its log is. */
export class NotReady extends Error {
  override name = 'NotReady';
}

/** Calls `probe` until it resolves to true. Throws {@link NotReady}. */
export async function until(what: string, probe: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await probe().catch(() => false)) return;
    await sleep(50);
  }
  throw new NotReady(`${what} did not come up within ${timeoutMs / 1000} s.`);
}

/** Whether something accepts TCP connections on a port of 127.0.0.1. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Whether an HTTP path answers with a success. */
export async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) });
  await answer.body?.cancel();
  return answer.ok;
}
