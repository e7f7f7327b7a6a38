/** Why a task file, or something it imports, cannot be used. */
export interface LoadProblem {
  /** Absolute path of the file at fault: a task file, or one that task files import. */
  readonly file: string;
  /** 1-based; left out where no place in the file is to blame. */
  readonly line?: number;
  readonly column?: number;
  /** In words for people, with the way out where there is one. */
  readonly message: string;
  /** The name of the error that was thrown at import. */
  readonly name?: string;
  /** With positions of the user's sources. */
  readonly stack?: string;
  /** `build`: the file could not be understood. `import`: it was, and failed when it was executed. */
  readonly during: "build" | "import";
  /** The task files that could not be loaded because of it; absolute paths. */
  readonly taskFiles?: readonly string[];
}
