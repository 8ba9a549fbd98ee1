import { readFile } from 'node:fs/promises';
import { prepare } from '../prepare.ts';

/** Roles, schemas and the log in the Postgres of compose. */
const { adminUrl, passwords }: Parameters<typeof prepare>[0] = JSON.parse(
  await readFile('/run/sightline/prepare.json', 'utf8'),
);
await prepare({ adminUrl, passwords });
console.log('The database is ready.');
