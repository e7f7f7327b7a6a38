import { lstatSync, mkdirSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Node's since 22.8. */
interface CompileCache {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Keeps the compiled code of what is imported afterwards for the next start of a process that loads nothing but the engine, in the cache
 * of the user. NODE_DISABLE_COMPILE_CACHE=1 turns it off, and NODE_COMPILE_CACHE names another directory, as for any program.
 */
export function keepCompiledCode(): void {
  keepIn(() => {
    const directory = join(userCache(process.env, process.platform), "background-task-ex", "compiled");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  });
}

/**
 * The same for a process that loads the code of users as well: in the directory of its bundles, which is as trusted, and is tidied when they
 * change. Does nothing before that directory is there.
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
    // No place for it, or none that can be written to: this start takes as long as the first one.
  }
}

/** Whether other users cannot write to a directory: its files are executed. Node's own choice lies in the temporary directory of all users. */
function isOwn(directory: string): boolean {
  const { mode, uid } = lstatSync(directory);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Where programs keep what they can make again. */
function userCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "win32") return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
}
