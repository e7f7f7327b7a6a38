/** Values that JSON cannot represent, by class name: what to use instead, and the replacement type if there is one. */
export interface Refused {
  readonly advice: string;
  /** Built from the type arguments of `Map<K, V>` and the like. */
  readonly instead?: (typeArguments: readonly string[]) => string | undefined;
}

const BINARY: Refused = { advice: "use a base64 string or the path of a file" };
const WEAK: Refused = { advice: "keep it out of the params" };

export const REFUSED_CLASSES: ReadonlyMap<string, Refused> = new Map<string, Refused>([
  ["Date", { advice: "use an ISO string", instead: () => "string" }],
  [
    "Map",
    {
      advice: "use a Record or an array of entries",
      instead: ([key, value]) => (key === "string" && value ? `Record<string, ${value}>` : undefined),
    },
  ],
  ["ReadonlyMap", { advice: "use a Record or an array of entries" }],
  ["Set", { advice: "use an array", instead: ([item]) => item && `${/^[\w.]+$/.test(item) ? item : `(${item})`}[]` }],
  ["ReadonlySet", { advice: "use an array" }],
  ["WeakMap", WEAK],
  ["WeakSet", WEAK],
  ["RegExp", { advice: "use its source as a string", instead: () => "string" }],
  ["URL", { advice: "use a string", instead: () => "string" }],
  ["Promise", { advice: "await it" }],
  ["Error", { advice: "use its message as a string", instead: () => "string" }],
  ["Function", { advice: "move it to a method of the class" }],
  ["AbortSignal", WEAK],
  ["Buffer", BINARY],
  ["ArrayBuffer", BINARY],
  ["DataView", BINARY],
  ...["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64", "BigInt64", "BigUint64"].map(
    (kind): [string, Refused] => [`${kind}Array`, BINARY],
  ),
]);
