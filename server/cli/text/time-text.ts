/** A moment in the reader's time zone: `2026-03-29 02:30:00`. */
export function formatMoment(timestamp: string | Date): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return String(timestamp);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join("-");
  return `${day} ${formatClock(date)}`;
}

/** The time of day in the reader's time zone: `02:30:00`. */
export function formatClock(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** `87 ms`, `1.3 s`, `2 min 5 s`, `3 h 10 min`, `4 d 2 h`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 3_600) return twoUnits(seconds, 60, "min", "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return twoUnits(minutes, 60, "h", "min");
  return twoUnits(Math.round(minutes / 60), 24, "d", "h");
}

function twoUnits(count: number, size: number, unit: string, rest: string): string {
  const remainder = count % size;
  return `${Math.floor(count / size)} ${unit}${remainder > 0 ? ` ${remainder} ${rest}` : ""}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
