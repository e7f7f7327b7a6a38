/** Why a task file, or something it imports, cannot be used. */
export interface LoadProblem {
  /** Absolute path of the file at fault: a task file, or one imported by task files. */
  readonly file: string;
  /** 1-based; omitted if the problem has no position. */
  readonly line?: number;
  readonly column?: number;
  /** A message for users, with the way out if there is one. */
  readonly message: string;
  /** The name of the error thrown during import. */
  readonly name?: string;
  /** With positions in the user's sources. */
  readonly stack?: string;
  /** `build`: the file could not be parsed or bundled. `import`: it failed when it was executed. */
  readonly during: "build" | "import";
  /** The task files that could not be loaded because of it; absolute paths. */
  readonly taskFiles?: readonly string[];
}
