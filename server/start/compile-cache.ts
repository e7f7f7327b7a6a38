import { lstatSync, mkdirSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** In Node since 22.8. */
interface CompileCache {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Keeps the compiled code of later imports for the next start of a process that loads nothing but the engine, in the user's cache.
 * NODE_DISABLE_COMPILE_CACHE=1 turns it off, and NODE_COMPILE_CACHE names another directory, as for any program.
 */
export function keepCompiledCode(): void {
  keepIn(() => {
    const directory = join(userCache(process.env, process.platform), "background-task-ex", "compiled");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  });
}

/**
 * Like `keepCompiledCode`, for a process that also loads users' code: in the directory of its bundles, which is equally trusted, and
 * cleaned up when they change. Does nothing until that directory exists.
 */
export function keepCompiledCodeWithBundles(cacheDirectory: string): void {
  keepIn(() => {
    const directory = join(cacheDirectory, "compiled");
    if (isOwn(cacheDirectory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  });
}

function keepIn(provide: () => string): void {
  const { enableCompileCache } = module as CompileCache;
  if (enableCompileCache === undefined) return;
  try {
    const directory = provide();
    if (isOwn(directory)) enableCompileCache(directory);
  } catch {
    // No place for it, or none that is writable: this start takes as long as the first one.
  }
}

/**
 * Whether other users cannot write to a directory, whose files are executed. Node's own choice is in the temporary directory shared by all
 * users.
 */
function isOwn(directory: string): boolean {
  const { mode, uid } = lstatSync(directory);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Where programs keep files that they can recreate. */
function userCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "win32") return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
}
