/** What a run has shown: acknowledged but not stored, and stored more than once. */
export interface Findings {
  lost: string[];
  twice: string[];
}

/** Holds what Redis acknowledged against what stands in storage; what was written without an answer may be there or not. */
export function check(acknowledged: Iterable<string>, stored: Iterable<string>): Findings {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const key of stored) {
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return { lost: [...acknowledged].filter((key) => !seen.has(key)), twice: [...twice] };
}
