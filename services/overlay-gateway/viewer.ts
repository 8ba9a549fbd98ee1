import { OverlayRequest, overlayCloseCodes, overlayLimits } from '@sightline/contracts';
import { type Directory, type Guard, maySee, type Principal, parseJson } from '@sightline/service';
import { type Filter, filterOf } from './filter.ts';
import type { Outbox } from './outbox.ts';

/** What a viewer needs of the gateway. */
export interface ViewerDeps {
  guard: Pick<Guard, 'current'>;
  directory: Pick<Directory, 'find'>;
  follow(camera: string, viewer: Viewer, filter: Filter | undefined): void;
  unfollow(camera: string, viewer: Viewer): void;
  close(code: number, reason: string): void;
}

const maxBadMessages = 10;
const noRight = 'There is no such camera, or you may not see it.';

/** One socket: what it follows, and whether it still may. */
export class Viewer {
  readonly outbox: Outbox;
  readonly #deps: ViewerDeps;
  readonly #cameras = new Set<string>();
  #principal: Principal;
  #badMessages = 0;

  constructor(principal: Principal, outbox: Outbox, deps: ViewerDeps) {
    this.#principal = principal;
    this.outbox = outbox;
    this.#deps = deps;
  }

  /** Whose socket it is. */
  get user(): string {
    return this.#principal.user;
  }

  /** Takes one message of the client. */
  receive(text: string): void {
    const request = OverlayRequest.safeParse(parseJson(text));
    if (!request.success) return this.#complain(text);
    if (request.data.type === 'unsubscribe') for (const camera of request.data.cameras) this.#unsubscribe(camera);
    else {
      const filter = filterOf(request.data.filter);
      for (const camera of request.data.cameras) this.#subscribe(camera, filter);
    }
  }

  /** Holds every subscription against the rights of this moment. */
  recheck(): void {
    const principal = this.#deps.guard.current(this.#principal);
    if (!principal) return this.#deps.close(overlayCloseCodes.sessionEnded, 'The session has ended.');
    this.#principal = principal;
    for (const camera of this.#cameras) {
      if (this.#may(camera)) continue;
      this.#unsubscribe(camera);
      this.outbox.say({ type: 'denied', camera, reason: noRight });
    }
  }

  /** Ends all subscriptions, when the socket has closed. */
  end(): void {
    for (const camera of this.#cameras) this.#deps.unfollow(camera, this);
    this.#cameras.clear();
  }

  #subscribe(camera: string, filter: Filter | undefined): void {
    if (!this.#may(camera)) return this.outbox.say({ type: 'denied', camera, reason: noRight });
    if (!this.#cameras.has(camera) && this.#cameras.size >= overlayLimits.maxCameras) {
      return this.outbox.say({
        type: 'denied',
        camera,
        reason: `One socket follows at most ${overlayLimits.maxCameras} cameras.`,
      });
    }
    this.#cameras.add(camera);
    this.outbox.say({ type: 'subscribed', camera });
    this.#deps.follow(camera, this, filter);
  }

  #unsubscribe(camera: string): void {
    if (this.#cameras.delete(camera)) this.#deps.unfollow(camera, this);
    this.outbox.forget(camera);
    this.outbox.say({ type: 'unsubscribed', camera });
  }

  #may(camera: string): boolean {
    const entry = this.#deps.directory.find(camera);
    return entry !== undefined && maySee(this.#principal, entry.area);
  }

  #complain(text: string): void {
    this.#badMessages += 1;
    if (this.#badMessages > maxBadMessages)
      return this.#deps.close(overlayCloseCodes.tooManyErrors, 'Too many messages that say nothing.');
    this.outbox.say({
      type: 'error',
      expected:
        '{"type":"subscribe","cameras":["<id>",…],"filter"?:{"classes"?,"minScore"?,"area"?}} or {"type":"unsubscribe","cameras":["<id>",…]}',
      got: text.slice(0, 100),
      hint: 'See asyncapi.json, channel overlayRequests.',
    });
  }
}
