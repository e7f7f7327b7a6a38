/** Formats a time in the reader's time zone: `2026-03-29 02:30:00 CET`, which is sortable and searchable. */
export function formatMoment(timestamp: string | Date): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return String(timestamp);
  return `${dayOf(date)} ${timeOf(date)}:${twoDigits(date.getSeconds())} ${zoneOf(date)}`;
}

/** The same to the minute, for the columns of tables. */
export function formatMinute(timestamp: string | Date): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? String(timestamp) : `${dayOf(date)} ${timeOf(date)} ${zoneOf(date)}`;
}

function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join("-");
}

function timeOf(date: Date): string {
  return [date.getHours(), date.getMinutes()].map(twoDigits).join(":");
}

/** Of the moment, because it changes with daylight saving. */
function zoneOf(date: Date): string {
  zones ??= new Intl.DateTimeFormat("en", { timeZoneName: "short" });
  return zones.formatToParts(date).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** Creating a formatter costs as much as using it a thousand times. */
let zones: Intl.DateTimeFormat | undefined;

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
