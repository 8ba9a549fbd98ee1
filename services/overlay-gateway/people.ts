import type { NatsConnection } from '@nats-io/transport-node';
import { subjects } from '@sightline/contracts';
import { parseJson } from '@sightline/service';
import { z } from 'zod';
import type { Fanout } from './fanout.ts';

const Users = z.array(z.string());
/** Copies that have not answered by then are not there (ms). */
const answerWithinMs = 300;

/** Who looks at a camera, counted over all copies of the gateway: each is asked by NATS and names its own. */
export class People {
  readonly #nats: NatsConnection;

  constructor(nats: NatsConnection) {
    this.#nats = nats;
  }

  /** Answers other copies, and this one, for as long as the connection lasts. */
  answer(fanout: Pick<Fanout, 'usersOf'>): void {
    this.#nats.subscribe(subjects.people('*'), {
      callback: (error, message) => {
        const camera = message.subject.split('.')[1] ?? '';
        if (!error) message.respond(JSON.stringify([...fanout.usersOf(camera)]));
      },
    });
  }

  /** How many people follow a camera now; one with several windows is one. */
  async count(camera: string): Promise<number> {
    const users = new Set<string>();
    const options = { maxWait: answerWithinMs, strategy: 'timer' } as const;
    for await (const message of await this.#nats.requestMany(subjects.people(camera), '', options))
      for (const user of Users.safeParse(parseJson(message.string())).data ?? []) users.add(user);
    return users.size;
  }
}
