import { loadavg } from 'node:os';

/** A promise of the project: a measured value beside what it should be. */
export interface Goal {
  name: string;
  value: number;
  /** What is wanted, and which way. */
  atLeast?: number;
  atMost?: number;
  /** Met in another way that the goal allows, said in words. */
  otherwise?: { met: boolean; why: string };
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Whether a goal is reached, directly or in the other way that it allows. */
export function isMet({ value, atLeast, atMost, otherwise }: Goal): boolean {
  const direct =
    Number.isFinite(value) && (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  return direct || otherwise?.met === true;
}

/** Prints a table for people and, as the last line, JSON for programs. */
export function report(bench: string, rows: readonly Record<string, string | number>[], goals: readonly Goal[]): void {
  console.log(
    `\nLoad of the machine: ${loadavg()
      .map((value) => value.toFixed(1))
      .join(', ')} (1, 5, 15 min)\n`,
  );
  console.table(rows);
  for (const goal of goals) {
    const wanted = goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
    console.log(
      `${isMet(goal) ? '✓' : '✗'} ${goal.name}: ${round(goal.value)} (wanted ${wanted}${goal.otherwise ? `; or ${goal.otherwise.why}` : ''})`,
    );
  }
  const lines = goals.map((goal) => ({
    name: goal.name,
    value: round(goal.value),
    goal: goal.atLeast ?? goal.atMost,
    met: isMet(goal),
  }));
  console.log(JSON.stringify({ bench, goals: lines }));
}
