import { type Logger, maySee, pause } from '@sightline/service';
import type { Media } from './media.ts';
import type { Sessions } from './sessions.ts';

interface RoomReconcilerOptions {
  media: Pick<Media, 'viewers' | 'remove'>;
  sessions: Pick<Sessions, 'admitted'>;
  logger: Pick<Logger, 'info' | 'warn'>;
}

const everyMs = 10_000;

/**
 * Holds who is in the media server's rooms against who may be: at once when somebody's rights have changed, and every few
 * seconds, which makes good what failed then, or what a copy that died has left undone.
 */
export class RoomReconciler {
  readonly #options: RoomReconcilerOptions;
  #isFailing = false;

  constructor(options: RoomReconcilerOptions) {
    this.#options = options;
  }

  /** Removes whoever may not be in; of one user where he is named. What fails is told, and left to the next time. */
  async reconcile(user?: string): Promise<void> {
    const { logger } = this.#options;
    try {
      const count = await this.#remove(user);
      if (count > 0) logger.info({ user, count }, 'viewers removed from rooms');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) logger.warn({ err: error }, 'viewers without rights could not be removed, trying again');
      this.#isFailing = true;
    }
  }

  /** Reconciles every few seconds until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.reconcile();
      await pause(everyMs, signal);
    }
  }

  async #remove(user: string | undefined): Promise<number> {
    const { media, sessions } = this.#options;
    const viewers = (await media.viewers()).filter((each) => user === undefined || each.user === user);
    if (viewers.length === 0) return 0;
    const admitted = await sessions.admitted(viewers.map(({ session }) => session));
    const leaving = viewers.filter(({ session, room }) => {
      const rights = admitted.get(session);
      return !rights || !maySee(rights, room);
    });
    await Promise.all(leaving.map((each) => media.remove(each)));
    return leaving.length;
  }
}
