import { type Logger, maySee, pause } from '@sightline/service';
import type { Media } from './media.ts';
import type { Sessions } from './sessions.ts';

interface DoorOptions {
  media: Pick<Media, 'watching' | 'putOut'>;
  sessions: Pick<Sessions, 'admitted'>;
  logger: Pick<Logger, 'info' | 'warn'>;
}

const lookEveryMs = 10_000;

/**
 * Holds who is in the media server's rooms against who may be: at once when somebody's rights have changed, and every few
 * seconds, which makes good what failed then, or what a copy that died has left undone.
 */
export class Door {
  readonly #options: DoorOptions;
  #isFailing = false;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Puts out whoever may not be in; of one user where he is named. What fails is told, and left to the next look. */
  async look(user?: string): Promise<void> {
    const { logger } = this.#options;
    try {
      const count = await this.#putOut(user);
      if (count > 0) logger.info({ user, count }, 'viewers put out of rooms');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) logger.warn({ err: error }, 'viewers without rights could not be put out, trying again');
      this.#isFailing = true;
    }
  }

  /** Looks every few seconds until `signal` aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await pause(lookEveryMs, signal);
    }
  }

  async #putOut(user: string | undefined): Promise<number> {
    const { media, sessions } = this.#options;
    const watching = (await media.watching()).filter((each) => user === undefined || each.user === user);
    if (watching.length === 0) return 0;
    const admitted = await sessions.admitted(watching.map(({ session }) => session));
    const leaving = watching.filter(({ session, room }) => {
      const rights = admitted.get(session);
      return !rights || !maySee(rights, room);
    });
    await Promise.all(leaving.map((each) => media.putOut(each)));
    return leaving.length;
  }
}
