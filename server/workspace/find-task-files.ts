import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEFAULT_INCLUDE, NEVER_SEARCHED, TASK_FILE_ENDINGS } from "./task-file-patterns.ts";

/**
 * Returns the task files of a workspace folder: absolute paths in a fixed order. Links to directories are not followed. A JavaScript file
 * beside a TypeScript file of the same name counts as its compiled output and is omitted.
 *
 * Every worker does this when it starts, so the default patterns, which only need names, avoid the globbing library: loading it takes
 * longer than the rest of loading the task files (docs/decisions.md).
 */
export async function findTaskFiles(workspace: string, include: readonly string[] = DEFAULT_INCLUDE): Promise<string[]> {
  const root = resolve(workspace);
  const files = isDefault(include) ? [...search(root)] : await globFiles(root, include);
  return withoutCompiledTwins(files).sort();
}

/** Returns whether a workspace folder has a task file. With the default patterns the search ends at the first one. */
export async function hasTaskFile(workspace: string, include: readonly string[]): Promise<boolean> {
  if (!isDefault(include)) return (await findTaskFiles(workspace, include)).length > 0;
  return search(resolve(workspace)).next().done !== true;
}

function isDefault(include: readonly string[]): boolean {
  return include.length === DEFAULT_INCLUDE.length && include.every((pattern, index) => pattern === DEFAULT_INCLUDE[index]);
}

/** Files first, so that the search for any of them does not walk a tree. */
function* search(directory: string): Generator<string, void, undefined> {
  const directories: string[] = [];
  for (const entry of entriesOf(directory)) {
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !NEVER_SEARCHED.includes(entry.name)) directories.push(join(directory, entry.name));
    } else if (TASK_FILE_ENDINGS.some((ending) => entry.name.endsWith(ending)) && !entry.name.startsWith(".")) {
      yield join(directory, entry.name);
    }
  }
  for (const inner of directories) yield* search(inner);
}

/** A directory that cannot be read, or was deleted in the meantime, has no task files. */
function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function globFiles(cwd: string, include: readonly string[]): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const files = await glob(include, {
    cwd,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: NEVER_SEARCHED.map((name) => `**/${name}/**`),
  });
  return files.map((file) => resolve(file));
}

function withoutCompiledTwins(files: readonly string[]): string[] {
  const all = new Set(files);
  return files.filter((file) => {
    const source = file.replace(/\.([mc]?)js$/, ".$1ts");
    return source === file || !all.has(source);
  });
}
