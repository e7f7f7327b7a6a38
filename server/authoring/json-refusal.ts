import { pathStep } from "./value-path.ts";

/** Maximum nesting depth of stored values; far below the engine's own limit, `JSON.parse` and readers already struggle. */
const MAXIMUM_DEPTH = 1_000;

/** True for the object of an object literal, even from another realm, or one without a prototype. */
export function isPlainObject(object: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/**
 * Throws a TypeError for the first value, in property order, that JSON cannot represent; returns if there is none.
 *
 * @param root the name of the value in the message.
 */
export function refuseJson(value: unknown, root: string): void {
  refuse(value, { path: [], ancestors: new Map(), root });
}

interface Walk {
  readonly root: string;
  /** The keys from the root to the current value. */
  readonly path: (string | number)[];
  /** The objects that contain the current value, each with the length of its path. */
  readonly ancestors: Map<object, number>;
}

function refuse(value: unknown, walk: Walk): void {
  if (typeof value !== "object" || value === null) {
    const complaint = complaintAboutPrimitive(value);
    if (complaint) throw new TypeError(`${pathText(walk)} ${complaint}`);
    return;
  }
  const seenAt = walk.ancestors.get(value);
  if (seenAt !== undefined) {
    const target = pathText({ ...walk, path: walk.path.slice(0, seenAt) });
    throw new TypeError(`${pathText(walk)} refers back to ${target}: JSON cannot represent cycles; store an id or a name instead.`);
  }
  if (walk.path.length >= MAXIMUM_DEPTH) {
    throw new TypeError(`${pathText(walk)} is more than ${MAXIMUM_DEPTH} levels deep: store the values in a flat array or in a file.`);
  }
  const isArray = Array.isArray(value);
  if (!isArray && !isPlainObject(value)) throw new TypeError(`${pathText(walk)} ${complaintAboutInstance(value)}`);
  walk.ancestors.set(value, walk.path.length);
  for (const [key, child] of isArray ? value.entries() : Object.entries(value)) {
    if (child === undefined && !isArray) continue;
    walk.path.push(key);
    refuse(child, walk);
    walk.path.pop();
  }
  walk.ancestors.delete(value);
}

function complaintAboutPrimitive(value: unknown): string | undefined {
  switch (typeof value) {
    case "function":
      return "is a function: params hold only data; move it to a method of the class.";
    case "symbol":
      return "is a symbol: store a string.";
    case "bigint":
      return "is a BigInt: store a string (value.toString()).";
    case "undefined":
      return "is undefined: store null, or omit it.";
    case "number":
      return Number.isFinite(value) ? undefined : `is ${value}: JSON supports only finite numbers; store null or a string.`;
    default:
      return undefined;
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  Date: "store an ISO string (date.toISOString())",
  Map: "store an object (Object.fromEntries(map)) or an array of entries ([...map])",
  Set: "store an array ([...set])",
  Promise: "await it and store the result",
  URL: "store a string (url.href)",
  RegExp: "store its source as a string",
  Buffer: 'store a string (buffer.toString("base64")) or a path to a file',
};

function complaintAboutInstance(value: object): string {
  if (value instanceof Error) return "is an Error: store its message as a string.";
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  if (typeof name !== "string" || name === "" || name === "Object") return "is an object with a custom prototype: store a plain object.";
  if (Object.hasOwn(ADVICE, name)) return `is a ${name}: ${ADVICE[name]}.`;
  if (ArrayBuffer.isView(value)) return `is a ${name}: store an array of numbers or a path to a file.`;
  return `is an instance of ${name}: store a plain object with the values you need.`;
}

/** Longer paths are shortened in the middle. */
const SHOWN_KEYS = 20;

function pathText({ root, path }: { readonly root: string; readonly path: readonly (string | number)[] }): string {
  if (path.length <= SHOWN_KEYS) return root + path.map(pathStep).join("");
  const half = SHOWN_KEYS / 2;
  return `${root}${path.slice(0, half).map(pathStep).join("")} … ${path.slice(-half).map(pathStep).join("")}`;
}
