/**
 * Says why a stored value is not what its type promises; `undefined` if it is. The text continues the name of the value:
 * ` is not a string`, `.error.line is not a whole number`, `[2].id is not a string`.
 */
export type Shape<Value> = Check & { readonly [OF]?: Value };
type Check = (value: unknown) => string | undefined;
declare const OF: unique symbol;

/** A property that may be missing. */
export interface Optional<Value> {
  readonly optional: Shape<Value>;
}

/** A shape for each property of a type: one that is forgotten, or has another type, does not compile. */
export type Properties<Type> = {
  readonly [Key in keyof Type]-?: Record<never, never> extends Pick<Type, Key> ? Optional<Exclude<Type[Key], undefined>> : Shape<Type[Key]>;
};

export function optional<Value>(shape: Shape<Value>): Optional<Value> {
  return { optional: shape };
}

/** An object with at least these properties. Others are ignored: newer versions may add some. */
export function object<Type>(properties: Properties<Type>): Shape<Type> {
  return objectOf(properties, false);
}

/** The same, with any of the properties missing. */
export function partial<Type>(properties: Properties<Type>): Shape<Partial<Type>> {
  return objectOf(properties, true);
}

/** Of all parts of a store: written for speed, because opening a store checks every value that it contains. */
function objectOf(properties: Readonly<Record<string, Check | Optional<unknown>>>, isPartial: boolean): Check {
  const keys = Object.keys(properties);
  const checks: Check[] = [];
  const required: boolean[] = [];
  for (const property of Object.values(properties)) {
    checks.push(typeof property === "function" ? property : property.optional);
    required.push(typeof property === "function" && !isPartial);
  }
  const paths = keys.map((key) => `.${key}`);
  return (value) => {
    if (!isObject(value)) return " is not an object";
    // Copying such an object would replace the prototype of the copy, and with it properties that were checked.
    if (Object.hasOwn(value, "__proto__")) return " has a property __proto__";
    for (let index = 0; index < keys.length; index++) {
      const property = value[keys[index] as string];
      if (property === undefined) {
        if (required[index]) return `${paths[index]} is missing`;
        continue;
      }
      const problem = (checks[index] as Check)(property);
      if (problem !== undefined) return paths[index] + problem;
    }
    return undefined;
  };
}

export function list<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  return (value) => {
    if (!Array.isArray(value)) return " is not a list";
    for (let index = 0; index < value.length; index++) {
      const problem = item(value[index]);
      if (problem !== undefined) return `[${index}]${problem}`;
    }
    return undefined;
  };
}

export const text: Shape<string> = (value) => (typeof value === "string" ? undefined : " is not a string");

export const finiteNumber: Shape<number> = (value) => (Number.isFinite(value) ? undefined : " is not a finite number");

/** Zero included. */
export const count: Shape<number> = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : " is not a whole number");

/** Written in ISO 8601: `Date.parse` accepts much more, for example any text in parentheses. */
export const moment: Shape<string> = (value) =>
  typeof value === "string" && MOMENT.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : " is not a valid time";
const MOMENT = /^(?:\d{4}|[-+]\d{6})-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[-+]\d\d:\d\d)$/;

/** `values` has every value of the type as a key, so that a new one cannot be forgotten. */
export function oneOf<Value extends string>(values: Readonly<Record<Value, true>>): Shape<Value> {
  return (value) => (typeof value === "string" && Object.hasOwn(values, value) ? undefined : ` ${shown(value)} is not known`);
}

export function exactly<Value extends boolean | null>(expected: Value): Shape<Value> {
  return (value) => (value === expected ? undefined : ` is not ${expected}`);
}

/** Any JSON: how deep it may be is checked where it is read (`depth.ts`). */
export function anything<Value>(): Shape<Value> {
  return () => undefined;
}

export function either<A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> {
  return (value) => (a(value) === undefined ? undefined : b(value));
}

/** For shapes that contain themselves: `make` is given the shape of one level less, and none below the last. */
export function nested<Value>(levels: number, make: (inner: Shape<Value>) => Shape<Value>): Shape<Value> {
  let shape: Shape<Value> = () => ` is nested more than ${levels} levels deep`;
  for (let level = 0; level < levels; level++) shape = make(shape);
  return shape;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A shape whose values also have to be different from each other in this property. */
export function distinct<Item>(items: Shape<readonly Item[]>, key: keyof Item & string): Shape<readonly Item[]> {
  return (value) => {
    const problem = items(value);
    if (problem !== undefined || !Array.isArray(value) || value.length < 2) return problem;
    return new Set(value.map((item) => item[key])).size < value.length ? ` have the same ${key}` : undefined;
  };
}

/** A property that a change must leave alone. */
export function fixed<Value>(): Shape<Value> {
  return () => " cannot be changed";
}

/** The names of properties that may be removed, including those that only newer versions know: not the ones that every object has. */
export function removable<Name>(properties: Readonly<Record<string, unknown>>): Shape<Name> {
  return (value) => {
    if (typeof value !== "string") return " is not a string";
    return Object.hasOwn(properties, value) && typeof properties[value] === "function" ? ` ${shown(value)} cannot be removed` : undefined;
  };
}

/** Why a value is not sound, as a message about "it"; `undefined` if it is. */
export function problemOf(shape: Shape<unknown>, value: unknown): string | undefined {
  const problem = shape(value);
  if (problem === undefined) return undefined;
  return problem.startsWith(".") ? `its ${problem.slice(1)}` : `it${problem}`;
}

/** More than any store counts to; those that follow it are still exact. */
const MOST_SEQUENCE = 2 ** 50;

export function isSequenceNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MOST_SEQUENCE;
}

/** Of a value that may be anything, and of any size. */
export function shown(value: unknown): string {
  if (typeof value !== "string") return typeof value === "object" && value !== null ? "that is an object" : String(value);
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
