import { SignalResponse } from '@livekit/protocol';

interface MediaServerOptions {
  url: string;
  /** A token for the room that is joined to be told the version. */
  token(room: string): Promise<string>;
}

/** No area's id has a dot in it, so that no camera stands there. */
const versionRoom = 'sightline.version';
const timeoutMs = 2_000;

/** The media server as a whole: whether it answers, and which version it is. */
export class MediaServer {
  readonly #options: MediaServerOptions;
  #version: string | undefined;
  #asking: Promise<void> | undefined;

  constructor(options: MediaServerOptions) {
    this.#options = options;
  }

  /** Resolves with its version, once that is known, when it answers; rejects with the reason when it does not. */
  async check(): Promise<string | undefined> {
    try {
      await this.#answer();
    } catch (error) {
      // It may come back as another version.
      this.#version = undefined;
      throw error;
    }
    if (this.#version === undefined) this.#asking ??= this.#ask();
    return this.#version;
  }

  /** Whether it answers. */
  answers(): Promise<boolean> {
    return this.#answer().then(
      () => true,
      () => false,
    );
  }

  async #answer(): Promise<void> {
    const answer = await fetch(this.#options.url, { signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the media server answers ${answer.status}`);
  }

  /** Who cannot be told now asks again at the next check. */
  async #ask(): Promise<void> {
    const { url, token } = this.#options;
    const told = token(versionRoom).then((onlooker) => toldVersion(url, onlooker));
    this.#version = await told.catch(() => undefined);
    this.#asking = undefined;
  }
}

/** LiveKit tells its version to who joins a room, and to nobody else; the token goes in a header, not in the address. */
async function toldVersion(url: string, token: string): Promise<string | undefined> {
  const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/rtc?protocol=16&auto_subscribe=0`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
  socket.binaryType = 'arraybuffer';
  const { promise, resolve, reject } = Promise.withResolvers<ArrayBuffer>();
  const timer = setTimeout(() => reject(new Error('nobody was let in')), timeoutMs);
  socket.addEventListener('message', ({ data }) => resolve(data));
  socket.addEventListener('error', () => reject(new Error('no signalling')));
  try {
    const { message } = SignalResponse.fromBinary(new Uint8Array(await promise));
    return message.case === 'join' ? message.value.serverInfo?.version : undefined;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
