/** A value seen at a time (h). */
export interface Sample {
  hours: number;
  value: number;
}

/** The straight line through samples by least squares: what it grows an hour, in % of the mean, and how uncertain that is. */
export interface Growth {
  mean: number;
  percentPerHour: number;
  /** Standard error (% an hour), from blocks: neighbouring samples are not independent of each other. */
  error: number;
}

const blocks = 12;

/** How samples grow over time; NaN with fewer samples than make a line. */
export function growthOf(samples: readonly Sample[]): Growth {
  const mean = meanOf(samples.map(({ value }) => value));
  const points = blocksOf(samples);
  const middle = meanOf(points.map(({ hours }) => hours));
  const spread = sum(points.map(({ hours }) => (hours - middle) ** 2));
  const level = meanOf(points.map(({ value }) => value));
  const slope = sum(points.map(({ hours, value }) => (hours - middle) * (value - level))) / spread;
  const left = sum(points.map(({ hours, value }) => (value - level - slope * (hours - middle)) ** 2));
  const error = Math.sqrt(left / (points.length - 2) / spread);
  return { mean, percentPerHour: (slope / mean) * 100, error: (error / mean) * 100 };
}

/** Means of as many stretches of equal length. */
function blocksOf(samples: readonly Sample[]): Sample[] {
  const size = Math.max(1, Math.floor(samples.length / blocks));
  const points: Sample[] = [];
  for (let from = 0; from + size <= samples.length; from += size) {
    const block = samples.slice(from, from + size);
    points.push({ hours: meanOf(block.map(({ hours }) => hours)), value: meanOf(block.map(({ value }) => value)) });
  }
  return points;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]) => sum(values) / values.length;
