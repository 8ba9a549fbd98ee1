import { ProblemError } from '@sightline/service/problem';

/**
 * The log cannot be written now, for a reason of the database's; it heals by itself when the reason goes. HTTP 503. Whether
 * the append was written is known only where `written` says so: append again with the same ids.
 */
export class Unavailable extends ProblemError {
  override name = 'Unavailable';
  readonly code: string;
  readonly written: 'no' | 'unknown';

  constructor({ code, what, hint, written }: Reason, cause: unknown) {
    super(503, `The log cannot be written: ${what}.`, { code, hint });
    this.code = code;
    this.written = written;
    this.cause = cause;
  }
}

interface Reason {
  code: string;
  what: string;
  hint: string;
  written: 'no' | 'unknown';
}

const readOnly: Reason = {
  code: 'log_read_only',
  what: 'the database is read-only',
  hint: 'Point the service at the primary, or take default_transaction_read_only back.',
  written: 'no',
};
const full: Reason = {
  code: 'log_full',
  what: 'the disk of the database is full',
  hint: 'Make room on the disk of the database; nothing needs to be restarted.',
  written: 'no',
};
const slow: Reason = {
  code: 'log_slow',
  what: 'the database did not answer in time',
  hint: 'Try again shortly; if it stays so, look for a long transaction or an overloaded disk.',
  written: 'no',
};
const unreachable: Reason = {
  code: 'log_unreachable',
  what: 'the database cannot be reached',
  hint: 'Try again shortly with the same event ids: it is starting, stopping or cut off.',
  written: 'unknown',
};

/** By SQLSTATE (57014: cancelled by statement_timeout; 55P03: lock_timeout) and by what sockets and `pg` say. */
const reasons: [pattern: RegExp, reason: Reason][] = [
  [/^25006$/, readOnly],
  [/^(53100|ENOSPC)$/, full],
  [/^(57014|55P03)$/, slow],
  [/^(08...|57P0[1235]|53300|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/, unreachable],
];
const lost = /Connection terminated|timeout exceeded when trying to connect|Connection ended/;

/** An error of Postgres or of its connection in words; all others as they are. */
export function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason =
    reasons.find(([pattern]) => pattern.test(code))?.[1] ?? (lost.test(error.message) ? unreachable : undefined);
  return reason ? new Unavailable(reason, error) : error;
}
