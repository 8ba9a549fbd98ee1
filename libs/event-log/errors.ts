import { ProblemError } from '@sightline/service/problem';
import type { ExpectedPosition } from './types.ts';

/** Somebody else appended first: the stream stands at `actual`, not where the caller expected it. */
export class Conflict extends Error {
  override name = 'Conflict';
  readonly stream: string;
  readonly expected: ExpectedPosition;
  readonly actual: number;

  constructor(stream: string, expected: ExpectedPosition, actual: number) {
    super(`Stream ${stream} stands at ${actual}, expected ${expected}.`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** An event that the log does not take: unknown type, data that does not fit, too large, or an id that was used before. */
export class InvalidEvent extends Error {
  override name = 'InvalidEvent';
}

/** A decider's no: the rule that a command breaks. `code` is for programs, the message for people; HTTP 409, or 404 for `not_found`. */
export class Refused extends ProblemError {
  override name = 'Refused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(code === 'not_found' ? 404 : 409, message, { code });
    this.code = code;
  }
}
