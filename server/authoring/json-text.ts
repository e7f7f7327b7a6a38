import { isPlainObject, refuseJson } from "./json-refusal.ts";

/** Maximum depth of the quick check, after which the thorough one takes over, which detects cycles. Few params are nested this deeply. */
const QUICK_DEPTH = 32;

/**
 * Returns the JSON text of a value that JSON can represent. As in `JSON.stringify`, properties that are `undefined` or keyed by a symbol
 * are omitted, and -0 becomes 0.
 *
 * @param root the name of the value in messages.
 * @throws TypeError naming the path of the value that JSON cannot represent, and what to store instead.
 */
export function toJsonText(value: unknown, root = "params"): string {
  if (!isQuicklyJson(value, QUICK_DEPTH)) refuseJson(value, root);
  return JSON.stringify(value);
}

/** False if a value is not JSON, or too deep to tell quickly. Does not collect a path, because it runs in every transition. */
function isQuicklyJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      if (value === null) return true;
      if (depth === 0) return false;
      return Array.isArray(value) ? isQuicklyJsonArray(value, depth - 1) : isQuicklyJsonObject(value, depth - 1);
    default:
      return false;
  }
}

function isQuicklyJsonArray(array: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < array.length; index++) if (!isQuicklyJson(array[index], depth)) return false;
  return true;
}

function isQuicklyJsonObject(object: object, depth: number): boolean {
  if (!isPlainObject(object)) return false;
  for (const key in object) {
    const value = (object as Record<string, unknown>)[key];
    if (value !== undefined && !isQuicklyJson(value, depth)) return false;
  }
  return true;
}
