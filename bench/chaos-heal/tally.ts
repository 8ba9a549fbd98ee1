import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@sightline/infra/embedded/stack';
import { Pool } from 'pg';
import { type Client, operator } from '../../tests/support/client.ts';
import { until } from '../../tests/support/until.ts';
import { check } from '../chaos-events/checker.ts';
import { Workers } from '../chaos-events/workers.ts';

const camera = 'tally';
const commandEveryMs = 500;
/** A token of the operator holds for two minutes (ms). */
const tokenForMs = 60_000;

/** What was acknowledged, and how much of it is missing. */
export interface Loss {
  detections: number;
  commands: number;
  lost: number;
}

/** Writes detections to Redis and commands to the registry all the time, and keeps account of what was acknowledged. */
export class Tally {
  readonly #stack: Stack;
  readonly #workers: Workers;
  readonly #names = new Set<string>();
  readonly #pool: Pool;
  readonly #commanding: Promise<void>;
  #ended = false;

  private constructor(stack: Stack) {
    const { ports, secrets } = stack;
    this.#stack = stack;
    this.#pool = new Pool({
      connectionString: `postgres://postgres:${secrets.postgres.admin}@127.0.0.1:${ports.postgres}/sightline`,
    });
    this.#pool.on('error', () => {});
    this.#workers = new Workers(stack, { count: 1, cameras: [camera], everyMs: 50 });
    this.#commanding = this.#command();
  }

  static async start(stack: Stack): Promise<Tally> {
    const sources = { main: { url: 'rtsp://127.0.0.1:1/none' } };
    const body = { id: camera, area: 'vault', name: 'Tally', sources, enabled: false };
    await (await operator(stack)).post('/api/cameras', body);
    return new Tally(stack);
  }

  /** Ends the writing and looks for everything that was acknowledged in storage and in the log. */
  async verdict(patienceMs: number): Promise<Loss> {
    this.#ended = true;
    await Promise.all([this.#workers.stop(), this.#commanding]);
    const missing = async () => [
      ...check(this.#workers.acknowledged, await this.#texts(stored)).lost,
      ...check(this.#names, await this.#texts(named)).lost,
    ];
    const lost = await until(
      'everything that was acknowledged',
      async () => {
        const left = await missing();
        return left.length === 0 && left;
      },
      patienceMs,
    ).catch(missing);
    if (lost.length > 0) console.log(`Lost: ${lost.slice(0, 20).join(', ')}`);
    return { detections: this.#workers.acknowledged.size, commands: this.#names.size, lost: lost.length };
  }

  async close(): Promise<void> {
    this.#ended = true;
    await Promise.all([this.#workers.stop(), this.#commanding, this.#pool.end()]);
  }

  /** Names the camera anew over and over; what fails is not acknowledged, and nobody's loss. */
  async #command(): Promise<void> {
    let client: Client | undefined;
    let since = 0;
    for (let turn = 0; !this.#ended; turn += 1) {
      await pause(commandEveryMs);
      try {
        if (!client || Date.now() - since > tokenForMs) [client, since] = [await operator(this.#stack), Date.now()];
        const name = `Tally ${turn}`;
        const { status } = await client.post(`/api/cameras/${camera}/rename`, { name });
        if (status < 300) this.#names.add(name);
      } catch {
        // Whoever takes commands, or signs for them, is dead at the moment.
      }
    }
  }

  async #texts(query: string): Promise<string[]> {
    return (await this.#pool.query<{ text: string }>(query, [camera])).rows.map(({ text }) => text);
  }
}

const stored = `select detection->'worker'->>'run' || ' ' || (detection->'frame'->>'sequence') as text
  from events.detections where camera = $1`;
const named = `select data::json->>'name' as text from log.events
  where stream_id = 'camera-' || $1 and type = 'CameraRenamed'`;
