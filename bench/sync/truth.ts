import type { Stack } from '@sightline/infra/embedded/stack';
import { Redis } from 'ioredis';
import { percentile } from '../lib/statistics.ts';
import type { Truth } from './score.ts';

const stream = 'detections';
const waitMs = 200;

/** What a worker wrote of one frame. */
interface Written {
  camera: string;
  clock: number;
  blockLeft: number;
  /** From capture to XADD (ms). */
  delayMs: number;
}

/** Gathers what workers read off their pictures from now on, as they write it: what is stored is soon taken out of Redis. */
export class TruthReader {
  readonly #redis: Redis;
  readonly #written: Written[] = [];
  readonly #ended: Promise<void>;
  #closing = false;

  constructor({ secrets, ports }: Stack) {
    this.#redis = new Redis(`redis://admin:${secrets.redis.admin}@127.0.0.1:${ports.redis}`);
    this.#ended = this.#read(`${Date.now()}-0`);
  }

  /** Where the block of one camera was, and how late the worker was with that (ms, 99.9th percentile). */
  of(camera: string): { truth: Truth; delayP999: number } {
    const written = this.#written.filter((each) => each.camera === camera);
    return {
      truth: new Map(written.map(({ clock, blockLeft }) => [clock, blockLeft])),
      delayP999: percentile(
        written.map(({ delayMs }) => delayMs),
        0.999,
      ),
    };
  }

  /** Throws what went wrong meanwhile, if anything did. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#ended.finally(() => this.#redis.disconnect());
  }

  async #read(from: string): Promise<void> {
    for (let last = from; !this.#closing; ) {
      const [[, entries] = ['', []]] = (await this.#redis.xread('BLOCK', waitMs, 'STREAMS', stream, last)) ?? [];
      for (const [id, fields] of entries) {
        last = id;
        this.#written.push(...writtenOf(id, fields));
      }
    }
  }
}

function writtenOf(id: string, fields: string[]): Written[] {
  const { camera, objects, frame } = JSON.parse(fields[fields.indexOf('data') + 1] ?? '{}');
  const [block] = objects ?? [];
  if (!block) return [];
  const clock: number = block.attributes.barcode;
  const blockLeft = block.box[0] * (frame.width ?? 1280);
  return [{ camera, clock, blockLeft, delayMs: (Number(id.split('-')[0]) % 2 ** 32) - clock }];
}
