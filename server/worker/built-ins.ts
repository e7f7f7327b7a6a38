/** Names that break every object of a process if all objects inherit them: keys of property descriptors, and what makes a value special. */
const HARMFUL_NAMES = ["get", "set", "value", "writable", "enumerable", "configurable", "then", "toJSON"] as const;

/** Kept: user code may replace these, too. */
const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { hasOwn, prototype: objectPrototype } = Object;
const { propertyIsEnumerable: isEnumerable } = objectPrototype;
const { includes } = Array.prototype;

/** The objects whose functions all code of a process relies on, with their names in messages. */
const OWNERS: readonly (readonly [name: string, owner: object, only?: readonly string[]])[] = [
  [
    "",
    globalThis,
    [
      ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "clearImmediate", "queueMicrotask"],
      ...[
        "Array",
        "Boolean",
        "Date",
        "Error",
        "Function",
        "JSON",
        "Map",
        "Number",
        "Object",
        "Promise",
        "RegExp",
        "Set",
        "String",
        "WeakMap",
      ],
    ],
  ],
  // Of the global object: the plain names are those that the engine keeps for itself.
  ["JSON.", globalThis.JSON],
  ["Date.", globalThis.Date],
  ["Date.prototype.", globalThis.Date.prototype],
  ["performance.", globalThis.performance, ["now"]],
  ["process.", process, ["nextTick", "hrtime"]],
  ["Promise.", globalThis.Promise],
  ["Promise.prototype.", globalThis.Promise.prototype],
  ["Object.", Object],
  ["Object.prototype.", Object.prototype],
  ["Function.prototype.", Function.prototype],
  ["Array.", Array],
  ["Array.prototype.", Array.prototype],
  ["String.prototype.", String.prototype],
  ["RegExp.prototype.", RegExp.prototype],
  ["Map.prototype.", Map.prototype],
  ["Set.prototype.", Set.prototype],
  ["WeakMap.prototype.", WeakMap.prototype],
];

interface KeptOwner {
  readonly name: string;
  readonly owner: Readonly<Record<PropertyKey, unknown>>;
  /** The properties with functions, and these functions, in the same order. */
  readonly keys: readonly PropertyKey[];
  readonly values: readonly unknown[];
}

/**
 * The built-in objects and functions that all tasks of a worker share. A mock that one action leaves behind, such as a fake clock, would
 * break whatever is executed after it. What is looked after is small on purpose: libraries rightly replace functions of `console`, `process` or
 * `fs` when they are first imported.
 */
export class BuiltIns {
  #owners: readonly KeptOwner[] = OWNERS.map(keep);
  #objectKeys = ownKeys(objectPrototype);

  /**
   * Removes what a task file, when imported, has added to all objects and what no code can cope with. Libraries may replace anything else.
   *
   * @returns the names of the removed properties.
   */
  imported(): readonly string[] {
    return this.#removeAdditions(true);
  }

  /** Whatever task files and libraries have replaced when imported, is how things are from now on. */
  loaded(): void {
    this.#owners = OWNERS.map(keep);
    this.#objectKeys = ownKeys(objectPrototype);
  }

  /** Undoes changes since then. Called after each call of an author's method. @returns the names of the changed properties. */
  restore(): readonly string[] {
    // The usual case, in a few microseconds. The keys of all objects come first: they change what the following statements mean.
    const added = ownKeys(objectPrototype).length === this.#objectKeys.length ? [] : this.#removeAdditions(false);
    if (hasOwn(Array.prototype, "toJSON") && deleteProperty(Array.prototype, "toJSON")) added[added.length] = "Array.prototype.toJSON";
    for (let index = 0; index < this.#owners.length; index++) {
      const kept = this.#owners[index];
      if (kept && hasChanged(kept)) restoreAll(kept, added);
    }
    return added;
  }

  // Without function expressions, here and in what follows: a bundle that keeps their names defines a property of each.
  #removeAdditions(onlyHarmful: boolean): string[] {
    const removed: string[] = [];
    const keys = ownKeys(objectPrototype);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? "";
      if (apply(includes, this.#objectKeys, [key]) || (onlyHarmful && !isHarmful(key))) continue;
      if (deleteProperty(objectPrototype, key)) removed[removed.length] = `Object.prototype.${String(key)}`;
    }
    return removed;
  }
}

function isHarmful(key: PropertyKey): boolean {
  return apply(includes, HARMFUL_NAMES, [key]) || apply(isEnumerable, objectPrototype, [key]);
}

function keep([name, owner, only]: (typeof OWNERS)[number]): KeptOwner {
  const properties = owner as Record<PropertyKey, unknown>;
  const keys = (only ?? ownKeys(owner)).filter((key) => {
    if (only) return true;
    const descriptor = getOwnPropertyDescriptor(owner, key);
    return descriptor?.writable === true && typeof descriptor.value === "function";
  });
  return { name, owner: properties, keys, values: keys.map((key) => properties[key]) };
}

function hasChanged({ owner, keys, values }: KeptOwner): boolean {
  // By index: the iterator of arrays may have been replaced.
  for (let index = 0; index < keys.length; index++) if (owner[keys[index] as string] !== values[index]) return true;
  return false;
}

function restoreAll({ name, owner, keys, values }: KeptOwner, changed: string[]): void {
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const value = values[index];
    if (owner[key] === value) continue;
    changed[changed.length] = `${name}${String(key)}`;
    const enumerable = apply(isEnumerable, owner, [key]);
    defineProperty(owner, key, { __proto__: null, value, writable: true, enumerable, configurable: true } as PropertyDescriptor);
  }
}
