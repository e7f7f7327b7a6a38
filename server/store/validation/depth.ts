/** More than the levels of a record and of the params in it (1,000, `server/authoring/json-refusal.ts`) together. */
export const MOST_LEVELS = 1_100;

/** True if lists and objects are nested deeper than in anything that was ever stored: `JSON.stringify` and other readers would fail. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, levels - 1));
  for (const key in value) if (isTooDeep((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
