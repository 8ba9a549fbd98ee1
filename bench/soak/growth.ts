/** A value seen at a time (h). */
export interface Sample {
  hours: number;
  value: number;
}

/** The straight line through what is held at least, by least squares: what it grows an hour, in % of the mean, and how uncertain that is. */
export interface Growth {
  mean: number;
  percentPerHour: number;
  /** Standard error (% an hour). */
  error: number;
  /** What the line goes through: the least of each stretch. */
  least: number[];
}

/**
 * A heap fills for minutes until its garbage is collected: what is held shows in the least of each stretch, of which there are
 * so many. In an hour that is one of ten minutes.
 */
const stretches = 6;

/** How samples grow over time; NaN with fewer samples than make a line. */
export function growthOf(samples: readonly Sample[]): Growth {
  const mean = meanOf(samples.map(({ value }) => value));
  const points = leastOfEach(samples);
  const middle = meanOf(points.map(({ hours }) => hours));
  const spread = sum(points.map(({ hours }) => (hours - middle) ** 2));
  const level = meanOf(points.map(({ value }) => value));
  const slope = sum(points.map(({ hours, value }) => (hours - middle) * (value - level))) / spread;
  const left = sum(points.map(({ hours, value }) => (value - level - slope * (hours - middle)) ** 2));
  const error = Math.sqrt(left / (points.length - 2) / spread);
  return {
    mean,
    percentPerHour: (slope / mean) * 100,
    error: (error / mean) * 100,
    least: points.map(({ value }) => value),
  };
}

function leastOfEach(samples: readonly Sample[]): Sample[] {
  const size = Math.max(1, Math.floor(samples.length / stretches));
  const points: Sample[] = [];
  for (let from = 0; from + size <= samples.length; from += size) {
    const stretch = samples.slice(from, from + size);
    points.push(stretch.reduce((least, each) => (each.value < least.value ? each : least)));
  }
  return points;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]) => sum(values) / values.length;
