import { types } from "node:util";

/** How many thrown values are remembered: a value that user code catches is never looked up. */
const REMEMBERED = 16;

interface ThrownPlace {
  readonly value: unknown;
  readonly stack: string;
}

const places: ThrownPlace[] = [];

/**
 * The global function that bundles call in each `throw` of a value that may not be an error: only errors know where they were created, so
 * the position of the `throw` is remembered for other values. Returns the value.
 */
export const THROWN = "__backgroundTaskThrown";

export function rememberThrownPlaces(): void {
  Object.defineProperty(globalThis, THROWN, { value: remember, configurable: true });
}

/**
 * Returns the stack of the `throw` that last threw this value; empty if unknown. Returned only once for a primitive: the same number or
 * string may come from elsewhere the next time.
 */
export function takePlaceOfThrow(value: unknown): string {
  const index = places.findLastIndex((place) => Object.is(place.value, value));
  const stack = places[index]?.stack ?? "";
  if (index >= 0 && (typeof value !== "object" || value === null)) places.splice(index, 1);
  return stack;
}

/** @param again the value was caught before, as in `catch (reason) { throw reason; }`: its first position counts. */
function remember(value: unknown, again?: boolean): unknown {
  if (types.isNativeError(value) || (again && places.some((place) => Object.is(place.value, value)))) return value;
  const place = { stack: "" };
  Error.captureStackTrace(place, remember);
  places.push({ value, stack: place.stack });
  if (places.length > REMEMBERED) places.shift();
  return value;
}
