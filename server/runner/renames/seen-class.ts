/** A class that stored tasks can belong to, as last seen in the exports of task files. */
export interface SeenClass {
  readonly kind: "task" | "action";
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Names of all classes of its kind in its file at that time, including its own. */
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
