/** The extensions of task files, longest first. */
export const TASK_FILE_ENDINGS = [".task.mts", ".task.cts", ".task.mjs", ".task.cjs", ".task.ts", ".task.js"] as const;

/** The default patterns of task files. */
export const DEFAULT_INCLUDE: readonly string[] = ["**/*.task.{ts,mts,cts,js,mjs,cjs}"];

/** The time it takes to match a file name is limited by the length of all patterns. */
export const MAXIMUM_PATTERNS = 100;
export const MAXIMUM_PATTERN_LENGTH = 200;

/** A regular expression for patterns without `!(…)`, which cannot be matched in linear time. */
export const USABLE_PATTERN = "^(?!.*!\\()";

/** Directories that are never searched, regardless of the patterns. */
export const NEVER_SEARCHED: readonly string[] = ["node_modules", ".git", ".background-tasks"];
