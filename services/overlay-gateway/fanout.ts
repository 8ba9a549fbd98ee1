import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { type CameraMessage, headers, subjects } from '@sightline/contracts';
import { currentTraceparent, withSpan } from '@sightline/service';
import { Bases } from './bases.ts';
import type { Filter } from './filter.ts';
import { Frame } from './frame.ts';
import type { Viewer } from './viewer.ts';

interface Followed {
  subscription: Subscription;
  bases: Bases<Frame>;
  viewers: Map<Viewer, Filter | undefined>;
}

const sampled = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]1$/;

/** Who follows which camera. A camera's subject is subscribed to only while somebody follows it. */
export class Fanout {
  readonly #nats: Pick<NatsConnection, 'subscribe'>;
  readonly #followed = new Map<string, Followed>();
  readonly #onDelivery: (viewers: number) => void;

  constructor(nats: Pick<NatsConnection, 'subscribe'>, onDelivery: (viewers: number) => void) {
    this.#nats = nats;
    this.#onDelivery = onDelivery;
  }

  /** Lets a viewer follow a camera; the newest filter is the one that counts. */
  follow(camera: string, viewer: Viewer, filter?: Filter): void {
    const followed = this.#followed.get(camera) ?? this.#subscribe(camera);
    followed.viewers.set(viewer, filter);
  }

  unfollow(camera: string, viewer: Viewer): void {
    const followed = this.#followed.get(camera);
    if (!followed?.viewers.delete(viewer) || followed.viewers.size > 0) return;
    followed.subscription.unsubscribe();
    this.#followed.delete(camera);
  }

  /** Who follows a camera here, by user. */
  usersOf(camera: string): Set<string> {
    return new Set([...(this.#followed.get(camera)?.viewers.keys() ?? [])].map(({ user }) => user));
  }

  /** Says something about a camera to everybody who follows it. */
  announce(message: CameraMessage): void {
    for (const viewer of this.#followed.get(message.camera)?.viewers.keys() ?? []) viewer.outbox.say(message);
  }

  #subscribe(camera: string): Followed {
    const callback = (error: Error | null, message: Msg) => {
      if (!error) this.#take(camera, message);
    };
    const followed = {
      bases: new Bases<Frame>(),
      viewers: new Map<Viewer, Filter | undefined>(),
      subscription: this.#nats.subscribe(subjects.detection('*', camera), { callback }),
    };
    this.#followed.set(camera, followed);
    return followed;
  }

  #take(camera: string, { data, headers: sent }: Msg): void {
    const bases = this.#followed.get(camera)?.bases;
    const parent = sent?.get(headers.traceparent) || undefined;
    if (!bases) return;
    if (!parent || !sampled.test(parent)) return this.#deliver(new Frame(camera, data, { traceparent: parent, bases }));
    withSpan({ name: 'overlay.deliver', kind: 'PRODUCER', parent, attributes: { 'sightline.camera': camera } }, () =>
      this.#deliver(new Frame(camera, data, { traceparent: currentTraceparent(), bases })),
    );
  }

  #deliver(frame: Frame): void {
    const followed = this.#followed.get(frame.camera);
    if (!followed) return;
    for (const [viewer, filter] of followed.viewers) viewer.outbox.offer(frame.of(filter));
    this.#onDelivery(followed.viewers.size);
  }
}
