import type { Pool } from 'pg';
import type { Client } from '../../tests/support/client.ts';
import { percentile } from '../lib/statistics.ts';

const dayUs = 86_400_000_000;
const days = 5;

/** Fills the objects of five days: 20 cameras, three classes of which one is rare, tracks of a few seconds. */
export async function fill(pool: Pool, cameras: readonly string[], total: number): Promise<void> {
  const today = Math.floor((Date.now() * 1_000) / dayUs);
  for (let day = today - days; day < today; day += 1) {
    const name = new Date((day * dayUs) / 1_000).toISOString().slice(0, 10).replaceAll('-', '');
    await pool.query(
      `create table if not exists events.objects_${name} partition of events.objects for values from (${day * dayUs}) to (${(day + 1) * dayUs})`,
    );
    await pool.query(
      `insert into events.objects
       select $1::bigint + (n * ($2::bigint / $3)), 'd' || n, 0, 'bench', ($4::text[])[1 + n % $5], 'run', (n / 400)::text,
         case when n % 1000 = 0 then 'bicycle' when n % 3 = 0 then 'face' else 'person' end,
         0.3 + 0.7 * random(), 0.9 * random(), 0.9 * random(), 0.1, 0.1
       from generate_series(0, $3::int - 1) n`,
      [day * dayUs, dayUs, Math.floor(total / days), cameras, cameras.length],
    );
  }
  await pool.query('vacuum (analyze) events.objects');
}

/** Questions as people ask them, over HTTP; the time each took (ms). */
export async function ask(
  client: Client,
  cameras: readonly string[],
  times: number,
): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const started = performance.now();
    const { status, body } = await client.get(`/api/detections/objects?${question(n, cameras)}`);
    taken.push(performance.now() - started);
    if (status !== 200) throw new Error(`search answered ${status}: ${JSON.stringify(body)}`);
  }
  return { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

function question(n: number, cameras: readonly string[]): string {
  const camera = `camera=${cameras[n % cameras.length]}`;
  const begin = Date.now() - (1 + Math.random() * (days - 1)) * 86_400_000;
  const hours = `from=${new Date(begin).toISOString()}&to=${new Date(begin + 3 * 3_600_000).toISOString()}`;
  const questions = [
    camera,
    `${camera}&${hours}`,
    `${camera}&class=face&minScore=0.8`,
    `${camera}&class=bicycle`,
    `${camera}&area=0.4,0.4,0.05,0.05`,
    `${camera}&${hours}&class=person&area=0.1,0.1,0.2,0.2&minScore=0.5`,
    `${camera}&track=${Math.floor(Math.random() * 100)}`,
    `class=face&${hours}`,
    `site=bench&minScore=0.95`,
    `class=bicycle&limit=20`,
  ];
  return questions[n % questions.length] ?? camera;
}
