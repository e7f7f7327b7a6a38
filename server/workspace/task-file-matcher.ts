import { relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { DEFAULT_INCLUDE, NEVER_SEARCHED } from "./task-file-patterns.ts";

/** Returns the patterns, other than those that exclude files, that match none of the task files. */
export function patternsWithoutFile(workspace: string, include: readonly string[], taskFiles: readonly string[]): string[] {
  return include.filter((pattern) => !pattern.startsWith("!") && !taskFiles.some(taskFileMatcher(workspace, [pattern])));
}

/** Returns a function that says whether `findTaskFiles` would consider a path a task file, even if the file does not exist. */
export function taskFileMatcher(workspace: string, include: readonly string[] = DEFAULT_INCLUDE): (file: string) => boolean {
  const root = resolve(workspace);
  const isIncluded = picomatch(include.filter((pattern) => !pattern.startsWith("!")) as string[]);
  const isExcluded = picomatch([
    ...include.flatMap((pattern) => (pattern.startsWith("!") ? [pattern.slice(1)] : [])),
    ...NEVER_SEARCHED.map((name) => `**/${name}/**`),
  ]);
  return (file) => {
    const path = relative(root, resolve(root, file)).split(sep).join("/");
    return isIncluded(path) && !isExcluded(path);
  };
}
