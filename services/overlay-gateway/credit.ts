/** How much may be under way to a socket (bytes), and after how many of them a mark goes with them. */
const limit = 512 * 1024;
const markEvery = 256 * 1024;

/**
 * How much more a socket may be sent. Marks travel as pings among what is sent, and every client answers them once it has
 * read so far (RFC 6455, 5.5.3): what its network and its buffers hold is known, whatever they promise to take.
 */
export class Credit {
  #sent = 0;
  #marked = 0;
  #read = 0;

  get exhausted(): boolean {
    return this.#sent - this.#read > limit;
  }

  /** Counts what is sent; gives the mark that is to follow it, if one is due. */
  spend(bytes: number): string | undefined {
    this.#sent += bytes;
    if (this.#sent - this.#marked < markEvery) return undefined;
    this.#marked = this.#sent;
    return String(this.#sent);
  }

  /** Takes the answer to a mark. Others (a heartbeat's, an invented one) say nothing. */
  acknowledge(mark: string): void {
    const read = /^\d{1,15}$/.test(mark) ? Number(mark) : 0;
    if (read <= this.#marked) this.#read = Math.max(this.#read, read);
  }
}
