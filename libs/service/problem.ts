import { Problem } from '@sightline/contracts';

interface Explanation {
  code?: string;
  expected?: string;
  got?: string;
  hint?: string;
}

/** An error that a caller should read: an HTTP status and a sentence, with what was expected, what came, and what to do. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  readonly explanation: Explanation;

  constructor(status: number, detail: string, explanation: Explanation = {}) {
    super(detail);
    this.status = status;
    this.explanation = explanation;
  }

  /** The body that goes out (RFC 9457). */
  toProblem(title: string): Problem {
    return Problem.parse({ title, status: this.status, detail: this.message, ...this.explanation });
  }
}
