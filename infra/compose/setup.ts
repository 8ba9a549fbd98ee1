import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { secretsOf } from '../embedded/secrets.ts';
import { composeFiles } from './files.ts';

/** Lays what each container may know into a volume of its own. Secrets are made once; everything else is written anew. */
const folder = '/config';
const settings = {
  publicOrigin: process.env.PUBLIC_ORIGIN || 'http://localhost:8080',
  mediaAddress: process.env.MEDIA_ADDRESS || '127.0.0.1',
  cameraNetworks: process.env.CAMERA_NETWORKS || '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16',
  site: process.env.SITE || 'demo',
  collector: process.env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined,
};

const files = composeFiles(await secretsOf(folder), settings);
for (const [name, text] of Object.entries(files)) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  // The volume is what keeps others out; the container's own user must be able to read it.
  await chmod(path, 0o444);
}
console.log(`Set up ${Object.keys(files).length} files for the containers.`);
