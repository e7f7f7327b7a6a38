import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { compileGlobs } from "./globs/glob-program.ts";
import { parseGlob } from "./globs/glob-syntax.ts";
import { PathMatch } from "./globs/path-match.ts";
import { trimmedGlob, withoutPlainStart } from "./globs/plain-start.ts";
import { DEFAULT_INCLUDE, NEVER_SEARCHED, TASK_FILE_ENDINGS } from "./task-file-patterns.ts";

/** Milliseconds after which the search lets other work of the process go on. */
const SLICE = 5;

/**
 * Returns the task files of a workspace folder: absolute paths in a fixed order. Links to directories are not followed. A JavaScript file
 * beside a TypeScript file of the same name counts as its compiled output and is omitted.
 *
 * Every worker does this when it starts, so the default patterns, which only need names, are not matched as globs.
 */
export async function findTaskFiles(workspace: string, include: readonly string[] = DEFAULT_INCLUDE): Promise<string[]> {
  const found = new Set<string>();
  for await (const file of filesIn(workspace, include)) found.add(file);
  return withoutCompiledTwins(found).sort();
}

/** Returns whether a workspace folder has a task file. The search ends at the first one. */
export async function hasTaskFile(workspace: string, include: readonly string[]): Promise<boolean> {
  for await (const _ of filesIn(workspace, include)) return true;
  return false;
}

async function* filesIn(workspace: string, include: readonly string[]): AsyncGenerator<string, void, void> {
  const root = resolve(workspace);
  const isDefault = include.length === DEFAULT_INCLUDE.length && include.every((pattern, index) => pattern === DEFAULT_INCLUDE[index]);
  let endsAt = performance.now() + SLICE;
  for (const file of isDefault ? search(root) : searchByGlobs(root, include)) {
    if (file !== undefined) yield file;
    if (performance.now() < endsAt) continue;
    await setImmediate();
    endsAt = performance.now() + SLICE;
  }
}

/** Yields files, and `undefined` after each directory. Files come first, so that the search for any of them does not walk a tree. */
type Search = Generator<string | undefined, void, void>;

function* search(directory: string): Search {
  const directories: string[] = [];
  for (const entry of entriesOf(directory)) {
    const isHidden = entry.name.startsWith(".");
    if (entry.isDirectory()) {
      if (!isHidden && !NEVER_SEARCHED.includes(entry.name)) directories.push(join(directory, entry.name));
    } else if (TASK_FILE_ENDINGS.some((ending) => entry.name.endsWith(ending)) && !isHidden) yield join(directory, entry.name);
  }
  yield undefined;
  for (const inner of directories) yield* search(inner);
}

function* searchByGlobs(root: string, include: readonly string[]): Search {
  const excluded = PathMatch.start(
    compileGlobs(include.flatMap((pattern) => (pattern.startsWith("!") ? [parseGlob(trimmedGlob(pattern.slice(1)))] : []))),
  );
  const byDirectory = new Map<string, string[]>();
  for (const pattern of include.filter((some) => !some.startsWith("!"))) {
    const { directory, rest } = withoutPlainStart(pattern);
    const start = resolve(root, directory);
    byDirectory.set(start, [...(byDirectory.get(start) ?? []), rest]);
  }
  for (const [directory, globs] of byDirectory) {
    const names = relative(root, directory).split(sep).filter(Boolean);
    if (names.some((name) => NEVER_SEARCHED.includes(name))) continue;
    let excludedThere: PathMatch | undefined = excluded;
    for (const name of names) excludedThere = excludedThere && inDirectory(excludedThere, name);
    if (excludedThere) yield* searchBelow(directory, PathMatch.start(compileGlobs(globs.map(parseGlob))), excludedThere);
  }
}

/** @param excluded how far the exclusions have matched the path of the directory. */
function* searchBelow(directory: string, included: PathMatch, excluded: PathMatch): Search {
  const directories: [path: string, included: PathMatch, excluded: PathMatch][] = [];
  for (const entry of entriesOf(directory)) {
    const path = join(directory, entry.name);
    const match = included.name(entry.name);
    if (entry.isDirectory()) {
      const inside = match.inside();
      const excludedInside = inside.isHopeless || NEVER_SEARCHED.includes(entry.name) ? undefined : inDirectory(excluded, entry.name);
      if (excludedInside) directories.push([path, inside, excludedInside]);
    } else if (match.isComplete && !excluded.name(entry.name).isComplete && isFile(entry, path)) yield path;
    // A name may take a while: it is as long as it likes, and so are the patterns.
    yield undefined;
  }
  for (const inner of directories) yield* searchBelow(...inner);
}

/** `undefined` if the directory as a whole is excluded. */
function inDirectory(excluded: PathMatch, name: string): PathMatch | undefined {
  const match = excluded.name(name);
  return match.isComplete ? undefined : match.inside();
}

function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A directory that cannot be read, or was deleted in the meantime, has no task files. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function withoutCompiledTwins(files: ReadonlySet<string>): string[] {
  return [...files].filter((file) => {
    const source = file.replace(/\.([mc]?)js$/, ".$1ts");
    return source === file || !files.has(source);
  });
}
