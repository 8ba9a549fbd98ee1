import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortRun } from './short-run.ts';

/** Alone: its wall has to be live before the first part is killed. */
test('a short chaos:heal measures every goal, loses nothing acknowledged, and no page is reloaded', async () => {
  const { bench, goals, stdout } = await shortRun('chaos-heal');
  assert.equal(bench, 'chaos-heal');
  assert.deepEqual(
    goals.map(({ name }) => name),
    [
      'heal_ffmpeg_s',
      'heal_camera_s',
      'heal_other_max_s',
      'frames_missed_control_plane',
      'acknowledged_lost',
      'page_reloads',
    ],
  );
  const never = goals.filter(({ name }) => name === 'acknowledged_lost' || name === 'page_reloads');
  assert.deepEqual(
    never.map(({ value }) => value),
    [0, 0],
    stdout,
  );
});
