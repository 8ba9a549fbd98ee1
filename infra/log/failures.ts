import { Failure } from './command.ts';

/** What to do about an error of Postgres, by its SQLSTATE. */
const byState: Record<string, [what: string, hint: string]> = {
  '25006': [
    'The database is read-only.',
    'give the DATABASE_URL of the primary, if this is a standby; else take default_transaction_read_only back',
  ],
  '28P01': ['Postgres refused the password.', 'give the password of the owner in DATABASE_URL'],
  '28000': ['Postgres refused the user.', 'give the owner of the database in DATABASE_URL'],
  '3D000': [
    'There is no such database.',
    'name the database in DATABASE_URL: postgres://owner:password@host/sightline',
  ],
  '3F000': ['The database has no log.', 'name the database of Sightline in DATABASE_URL'],
  '42P01': ['The database has no log.', 'name the database of Sightline in DATABASE_URL'],
  '42501': ['This user of the database may not do that.', 'give its owner in DATABASE_URL'],
  '53100': ['The disk of the database is full.', 'make room there; nothing was changed'],
  '53300': ['Postgres takes no more connections.', 'end some, then run the command again'],
  '57P01': ['Postgres was shut down meanwhile.', 'run the command again when it is back; nothing was changed'],
  '57P03': ['Postgres is starting or stopping.', 'run the command again in some seconds'],
  ECONNREFUSED: ['No Postgres answers there.', 'start Sightline (npm start), or give the owner’s DATABASE_URL'],
  ENOTFOUND: ['No machine of that name is known.', 'check the host in DATABASE_URL'],
  ECONNRESET: ['The connection to Postgres broke.', 'run the command again; nothing was changed'],
};

/** What to do about an error of a file, by its code. */
const byFile: Record<string, string> = {
  ENOENT: 'check the path: the folder must be there',
  ENOTDIR: 'check the path: a part of it is no folder',
  EISDIR: 'name a file, not a folder',
  EACCES: 'choose a place that you may use',
  EROFS: 'choose a place that can be written',
  ENOSPC: 'make room, or choose another disk',
  EDQUOT: 'make room, or choose another disk',
  EFBIG: 'choose a disk that takes files of this size',
};

/** An error as a person should read it; those that nobody foresaw come as they are. */
export function explain(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const lost = /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  const [what, hint] = byState[lost ? 'ECONNRESET' : code] ?? [];
  if (what && hint) return new Failure(what, hint, { cause: error });
  const mend = byFile[code];
  if (!mend) return error;
  return new Failure(`The file cannot be used${path ? ` (${path})` : ''}: ${code}.`, mend, { cause: error });
}
