import { lstatSync, mkdirSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Node's since 22.8. */
interface CompileCache {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Keeps the compiled code of what is imported afterwards for the next start, where Node can do that. Only for processes that load nothing
 * but the engine: the code of users changes, and nothing tidies the directory. NODE_DISABLE_COMPILE_CACHE=1 turns it off, and
 * NODE_COMPILE_CACHE names another directory, as for any program.
 */
export function keepCompiledCode(): void {
  const { enableCompileCache } = module as CompileCache;
  if (enableCompileCache === undefined) return;
  const directory = privateDirectory();
  if (directory !== undefined) enableCompileCache(directory);
}

/** A directory that nobody else can write to: its files are executed. Node's own choice, in the temporary directory of all users, is not. */
function privateDirectory(): string | undefined {
  try {
    const directory = join(cacheDirectory(process.env, process.platform), "background-task-ex", "compiled");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { mode, uid } = lstatSync(directory);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return isOwn ? directory : undefined;
  } catch {
    // No home directory, or one that cannot be written to: this start takes as long as the first one.
    return undefined;
  }
}

/** Where programs keep what they can make again. */
function cacheDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "win32") return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
}
