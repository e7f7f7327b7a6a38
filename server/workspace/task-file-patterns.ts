/** The endings of task files, longest first. */
export const TASK_FILE_ENDINGS = [".task.mts", ".task.cts", ".task.mjs", ".task.cjs", ".task.ts", ".task.js"] as const;

/** What counts as a task file where a workspace says nothing else. */
export const DEFAULT_INCLUDE: readonly string[] = ["**/*.task.{ts,mts,cts,js,mjs,cjs}"];

/** Directories that are never searched, whatever a workspace includes. */
export const NEVER_SEARCHED: readonly string[] = ["node_modules", ".git", ".background-tasks"];
