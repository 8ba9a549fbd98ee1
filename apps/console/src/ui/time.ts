/** How long something lasts, in the two largest units that matter: `12 s`, `3 min 5 s`, `2 h 10 min`, `5 days`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** The moment itself with its zone, for titles. */
export const moment = (at: Date): string => at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** The time of day with its zone: `12:03:44 UTC`. */
export const timeOfDay = (at: Date): string =>
  at.toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
