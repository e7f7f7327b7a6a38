/** Milliseconds since midnight on the wall clock. */
export type TimeOfDay = number;

/** Undefined where `text` is not `HH:MM`, from 00:00 to 23:59. */
export function parseTimeOfDay(text: unknown): TimeOfDay | undefined {
  if (typeof text !== "string") return undefined;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000;
}
