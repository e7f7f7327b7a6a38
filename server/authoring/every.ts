import type { Schedule } from "./schedule.ts";

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/**
 * Due at multiples of `ms` milliseconds since the epoch, independent of when the process started: `every(3_600_000)` is due at each full
 * hour of UTC.
 *
 * @throws RangeError if `ms` is not a positive finite number.
 */
export function every(ms: number): Schedule {
  if (typeof ms !== "number" || !Number.isFinite(ms) || ms <= 0) {
    throw new RangeError(`every: the interval must be a positive number of milliseconds, not ${String(ms)}.`);
  }
  return {
    getNextOccurrence(now) {
      // Rounded up: a Date holds whole milliseconds.
      const next = new Date(Math.ceil((Math.floor(now.getTime() / ms) + 1) * ms));
      return Number.isNaN(next.getTime()) ? null : next;
    },
    describe: () => `every ${inWords(ms)}`,
  };
}

/** Formats 5,400,000 as `1 h 30 min`. */
function inWords(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of UNITS) {
    const count = unit === "ms" ? rest : Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.join(" ");
}
