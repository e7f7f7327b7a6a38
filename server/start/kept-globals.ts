/*
 * The built-ins on which the engine relies in a process that also executes user code. The build replaces these names in the engine's
 * bundles by the exports of this module, which is evaluated before any user code: a fake clock or a mock that an action leaves behind does
 * not reach the engine. User code itself uses the global ones.
 */

const { apply, construct } = Reflect;
const { create, getPrototypeOf, hasOwn, keys, setPrototypeOf, prototype: objectPrototype } = Object;
const { isArray, prototype: arrayPrototype } = Array;

export const setTimeout = globalThis.setTimeout;
export const clearTimeout = globalThis.clearTimeout;
export const setInterval = globalThis.setInterval;
export const clearInterval = globalThis.clearInterval;
export const setImmediate = globalThis.setImmediate;
export const clearImmediate = globalThis.clearImmediate;
export const queueMicrotask = globalThis.queueMicrotask;

const realPerformance = globalThis.performance;
const { now, timeOrigin } = realPerformance;
export const performance = { now: (): number => apply(now, realPerformance, []), timeOrigin };

// Constructors that return what the real ones construct: ordinary dates and promises.

const RealDate = globalThis.Date;
const keptDate = function KeptDate(...args: []): Date {
  return construct(RealDate, args);
} as unknown as DateConstructor;
define(keptDate, { now: RealDate.now, parse: RealDate.parse, UTC: RealDate.UTC, prototype: RealDate.prototype });

const RealPromise = globalThis.Promise;
const { all, allSettled, any, race, reject, resolve } = RealPromise;
const keptPromise = function KeptPromise(executor: () => void): Promise<unknown> {
  return construct(RealPromise, [executor]);
} as unknown as PromiseConstructor;
define(keptPromise, {
  all: (values: unknown) => apply(all, RealPromise, [values]),
  allSettled: (values: unknown) => apply(allSettled, RealPromise, [values]),
  any: (values: unknown) => apply(any, RealPromise, [values]),
  race: (values: unknown) => apply(race, RealPromise, [values]),
  reject: (reason: unknown) => apply(reject, RealPromise, [reason]),
  resolve: (value: unknown) => apply(resolve, RealPromise, [value]),
  prototype: RealPromise.prototype,
});

function define(kept: object, properties: Readonly<Record<string, unknown>>): void {
  for (const key of keys(properties)) Reflect.defineProperty(kept, key, { value: properties[key], writable: true });
}

const { parse, stringify } = globalThis.JSON;
/** Inherits a `toJSON` that user code, or an old library, has given to all arrays or all objects. */
const plainArray: object = [];
type Stringify = (value: unknown, replacer?: (string | number)[] | null, space?: string | number) => string;
const stringifyKept: Stringify = (value, replacer, space) =>
  apply(stringify, undefined, ["toJSON" in plainArray ? withoutSharedToJson(value) : value, replacer, space]);
const keptJson = { parse, stringify: stringifyKept };

export { keptDate as Date, keptJson as JSON, keptPromise as Promise };

/** Returns a copy whose objects and arrays inherit nothing. Values with a `toJSON` of their own class, such as dates, stay as they are. */
function withoutSharedToJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null || hasOwnToJson(value)) return value;
  const copy: Record<string, unknown> = isArray(value) ? setPrototypeOf([], null) : create(null);
  for (const key of keys(value)) copy[key] = withoutSharedToJson((value as Record<string, unknown>)[key]);
  return copy;
}

function hasOwnToJson(value: object): boolean {
  for (
    let owner: object | null = value;
    owner !== null && owner !== objectPrototype && owner !== arrayPrototype;
    owner = getPrototypeOf(owner)
  ) {
    if (hasOwn(owner, "toJSON")) return true;
  }
  return false;
}
