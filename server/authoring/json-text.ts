import { isPlainObject, refuseJson } from "./json-refusal.ts";

/** How deep the quick check goes before the thorough one takes over, which knows cycles: few params are as deep as that. */
const QUICK_DEPTH = 32;

/**
 * The JSON text of a value that JSON can hold. As JSON does, properties that are `undefined` or named by a symbol are left out,
 * and -0 becomes 0.
 *
 * @param root what the value is called in messages.
 * @throws TypeError with the path of the value that JSON cannot represent, and what to store instead.
 */
export function toJsonText(value: unknown, root = "params"): string {
  if (!isQuicklyJson(value, QUICK_DEPTH)) refuseJson(value, root);
  return JSON.stringify(value);
}

/** False where a value is not JSON, or too deep to tell quickly. Collects no path: it is on the way of every transition. */
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
