import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedPorts } from './embedded/ports.ts';
import { accepts } from './embedded/ready.ts';

const state = process.env.SIGHTLINE_STATE || join(import.meta.dirname, '..', '.state');

if (await accepts(fixedPorts.postgres)) {
  console.error('Sightline is running. Stop it first (Ctrl-C where npm start runs), then reset again.');
  process.exit(1);
}
const there = await access(state).then(
  () => true,
  () => false,
);
await rm(state, { recursive: true, force: true });
console.log(
  there
    ? `Emptied ${state}: users, cameras, events and detections are gone.`
    : `Nothing to reset: ${state} is not there.`,
);
