import { inspect, types } from "node:util";

/** The properties read from a thrown value, which may be anything, and whose getters may throw. */
export interface ThrownValue {
  readonly name: string;
  readonly message: string;
  /** As written by the engine, or empty. */
  readonly stack: string;
  /** A short error code, used by Node and many libraries, such as `ERR_INVALID_ARG_TYPE`. */
  readonly code?: string;
  readonly cause?: unknown;
  /** For an `AggregateError`. */
  readonly errors?: readonly unknown[];
}

/** How many of an AggregateError's errors are included. */
const TOLD_ERRORS = 5;

export function readThrown(thrown: unknown): ThrownValue {
  if (!isErrorLike(thrown)) return { name: "NonError", message: describeNonError(thrown), stack: "" };
  const message = textOf(thrown, "message") ?? "";
  const errors = read(thrown, "errors");
  const cause = read(thrown, "cause");
  const code = textOf(thrown, "code");
  return {
    name: nameOf(thrown),
    message,
    stack: textOf(thrown, "stack") ?? "",
    ...(code ? { code } : {}),
    ...(cause === undefined || cause === null ? {} : { cause }),
    ...(types.isNativeError(thrown) && Array.isArray(errors) ? { errors: errors.slice(0, TOLD_ERRORS) } : {}),
  };
}

/** True for errors of any realm, and for objects with the useful properties of an error. */
function isErrorLike(thrown: unknown): thrown is object {
  if (typeof thrown !== "object" || thrown === null) return false;
  return types.isNativeError(thrown) || (textOf(thrown, "message") !== undefined && textOf(thrown, "stack") !== undefined);
}

/** A subclass that does not set `name` is identified by its class name, as when Node prints an error. */
function nameOf(thrown: object): string {
  const name = textOf(thrown, "name") || "Error";
  const maker = read(thrown, "constructor");
  const className = typeof maker === "function" ? textOf(maker, "name") : undefined;
  return name === "Error" && className && className !== "Object" ? className : name;
}

function describeNonError(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  const message = typeof thrown === "object" && thrown !== null ? textOf(thrown, "message") : undefined;
  if (message) return message;
  return `A value that is not an error was thrown: ${shown(thrown)}`;
}

function shown(value: unknown): string {
  try {
    return inspect(value, {
      depth: 2,
      breakLength: Number.POSITIVE_INFINITY,
      maxStringLength: 500,
      maxArrayLength: 20,
      customInspect: false,
      showProxy: true,
    });
  } catch {
    return `a value of type ${typeof value} that cannot be displayed`;
  }
}

function textOf(object: object, key: string): string | undefined {
  const value = read(object, key);
  return typeof value === "string" ? value : undefined;
}

function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
