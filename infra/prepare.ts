import { access, serviceNames } from '@sightline/contracts';
import { migrateLog } from '@sightline/event-log';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

interface PrepareOptions {
  /** URL of the superuser, without a database. */
  adminUrl: string;
  /** A password for each service's role. */
  passwords: Record<string, string>;
}

/**
 * Makes database `sightline`, a role and a schema for each service that has one, and the log, with the rights that
 * contracts/access.ts gives and no others. May be run again at any time.
 */
export async function prepare({ adminUrl, passwords }: PrepareOptions): Promise<void> {
  await withClient(`${adminUrl}/postgres`, async (client) => {
    const { rowCount } = await client.query(`select from pg_database where datname = 'sightline'`);
    if (!rowCount) await client.query('create database sightline');
    for (const service of serviceNames) {
      const password = passwords[service];
      if (access[service].postgres && password) await ensureRole(client, service, password);
    }
  });
  await withClient(`${adminUrl}/sightline`, async (client) => {
    await migrateLog(client);
    await client.query('revoke all on database sightline from public; revoke all on schema public from public');
    for (const service of serviceNames) await grant(client, service);
  });
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount ? 'alter' : 'create';
  await client.query(`${verb} role ${escapeIdentifier(role)} login password ${escapeLiteral(password)}`);
}

async function grant(client: Client, service: (typeof serviceNames)[number]): Promise<void> {
  const rights = access[service].postgres;
  if (!rights) return;
  const role = escapeIdentifier(service);
  await client.query(`
    grant connect on database sightline to ${role};
    create schema if not exists ${escapeIdentifier(rights.schema)} authorization ${role};
    create schema if not exists ${escapeIdentifier(`${rights.schema}_rebuild`)} authorization ${role};
    grant usage on schema log to ${role};
    grant select on log.events to ${role};
    ${rights.seals ? `grant select, insert on log.seals, log.seal_heads to ${role}; grant select on log.seal_wish to ${role};` : ''}
    ${rights.log === 'append' ? `grant execute on function log.append, log.append_one to ${role};` : ''}`);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
