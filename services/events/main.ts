import { setFlagsFromString } from 'node:v8';
import { run } from '@sightline/service';
import { loadConfig } from './config.ts';
import { start } from './service.ts';

// At full load a collection whenever the heap has grown by a fifth costs a quarter of the processor time (infra/node-memory.ts).
setFlagsFromString('--heap-growing-percent=30');
await run('events', loadConfig, start);
