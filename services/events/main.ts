import { setFlagsFromString } from 'node:v8';
import { run } from '@sightline/service';
import { loadConfig } from './config.ts';
import { start } from './service.ts';

// At full load a collection whenever the heap has grown by a fifth, as elsewhere (infra/node-memory.ts), costs a quarter of the processor time.
setFlagsFromString('--heap-growing-percent=50');
await run('events', loadConfig, start);
