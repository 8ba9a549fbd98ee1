import { run } from '@sightline/service';
import { loadConfig } from './config.ts';
import { start } from './service.ts';

await run('ingress', loadConfig, start);
