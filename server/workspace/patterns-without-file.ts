import { relative, resolve, sep } from "node:path";
import { compileGlobs } from "./globs/glob-program.ts";
import { parseGlob } from "./globs/glob-syntax.ts";
import { PathMatch } from "./globs/path-match.ts";
import { withoutPlainStart } from "./globs/plain-start.ts";

/** Returns the patterns, other than those that exclude files, that match none of the task files. */
export function patternsWithoutFile(workspace: string, include: readonly string[], taskFiles: readonly string[]): string[] {
  return include.filter((pattern) => {
    if (pattern.startsWith("!")) return false;
    const { directory, rest } = withoutPlainStart(pattern);
    const start = resolve(workspace, directory);
    const glob = PathMatch.start(compileGlobs([parseGlob(rest)]));
    return !taskFiles.some((file) => glob.path(relative(start, file).split(sep)).isComplete);
  });
}
