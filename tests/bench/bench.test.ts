import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun, testShortRun } from './short-run.ts';

const benches = {
  'chaos-payloads': ['crashes', 'unanswered'],
  draw: ['draw_ms_per_frame'],
  events: [
    'fast_p99_ms',
    'fast_rate_vs_bare_loop',
    'durable_rate_vs_copy',
    'fast_p99_during_backlog_ms',
    'search_p95_ms',
  ],
  fanout: [
    'deliveries_per_core_vs_ws',
    'deliveries_per_core_vs_socketio',
    'half_load_p99_ms',
    'stalled_socket_p99_rise',
    'bytes_per_socket',
    'cpu_per_delivery_two_copies',
  ],
  log: [
    'append_single_32_vs_emmett',
    'append_single_1_vs_insert',
    'append_batch100_vs_emmett',
    'append_batch100_vs_insert',
    'read_vs_cursor',
    'verify_vs_read',
    'relay_p99_ms',
    'sealer_append_cost',
    'growth_1m_to_10m',
  ],
  overlay: ['overlay_p99_ms', 'durable_lost'],
};

for (const [name, goals] of Object.entries(benches)) testShortRun(name, goals);

test('a short chaos:pressure loses and doubles nothing, and ends nobody, while Postgres is slow, then gone', async () => {
  const { bench, goals, stdout } = await shortRun('chaos-pressure', '--parts=postgres');
  assert.equal(bench, 'chaos-pressure');
  assert.deepEqual(
    goals.filter(({ goal }) => goal === 0).map(({ name, value }) => [name, value]),
    [
      ['lost', 0],
      ['twice', 0],
      ['ended_by_themselves', 0],
    ],
    stdout,
  );
});
