import { types } from "node:util";

/** How many thrown values are remembered: one that somebody catches is never asked for. */
const REMEMBERED = 16;

interface ThrownPlace {
  readonly value: unknown;
  readonly stack: string;
}

const places: ThrownPlace[] = [];

/**
 * What bundles call, by the name of `globalThis`, in each `throw` of something that may be no error: only errors know where they were
 * made, so for other values the place of the `throw` is remembered. Returns the value.
 */
export const THROWN = "__backgroundTaskThrown";

export function rememberThrownPlaces(): void {
  Object.defineProperty(globalThis, THROWN, { value: remember, configurable: true });
}

/**
 * The stack of the `throw` that threw this value last; empty where that is not known. Told once of a value that is no object: the same
 * number or text may come from elsewhere the next time.
 */
export function takePlaceOfThrow(value: unknown): string {
  const index = places.findLastIndex((place) => Object.is(place.value, value));
  const stack = places[index]?.stack ?? "";
  if (index >= 0 && (typeof value !== "object" || value === null)) places.splice(index, 1);
  return stack;
}

/** @param again the value was at hand already, as in `catch (reason) { throw reason; }`: its first place counts. */
function remember(value: unknown, again?: boolean): unknown {
  if (types.isNativeError(value) || (again && places.some((place) => Object.is(place.value, value)))) return value;
  const place = { stack: "" };
  Error.captureStackTrace(place, remember);
  places.push({ value, stack: place.stack });
  if (places.length > REMEMBERED) places.shift();
  return value;
}
