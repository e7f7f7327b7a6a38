/** A class that stored tasks can be of, as task files exported it when it was seen last. */
export interface SeenClass {
  readonly kind: "task" | "action";
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Names of all classes of its kind in its file at that time, its own among them. */
  readonly siblings: readonly string[];
}

export function isSeenClass(value: unknown): value is SeenClass {
  if (typeof value !== "object" || value === null) return false;
  const { kind, name, file, line, siblings } = value as { readonly [Key in keyof SeenClass]: unknown };
  return (
    (kind === "task" || kind === "action") &&
    typeof name === "string" &&
    typeof file === "string" &&
    typeof line === "number" &&
    Array.isArray(siblings) &&
    siblings.every((sibling) => typeof sibling === "string")
  );
}
