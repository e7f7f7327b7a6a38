import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { STORE_DIRECTORY_NAME } from "./store-directory.ts";
import { CONFIG_FILE_NAME } from "./workspace-config.ts";

/** Milliseconds for which changes are collected: editors and checkouts write files in several steps. */
const GATHERING_TIME = 300;
const NAMES: readonly string[] = [CONFIG_FILE_NAME, STORE_DIRECTORY_NAME];

/**
 * Watches the directories that contain task files, with one watcher per directory: watching a whole tree would walk all of it, and hold
 * thousands of handles, on platforms that do not support it. Also reports when the store's directory appears or disappears.
 */
export class TaskFileWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #workspace: string;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(workspace: string, onChange: () => void) {
    this.#workspace = workspace;
    this.#onChange = onChange;
    this.follow([]);
  }

  /** Watches the directories of these files and the workspace itself, and no others. */
  follow(files: readonly string[]): void {
    const directories = new Set([this.#workspace, ...files.map((file) => dirname(file))]);
    for (const [directory, watcher] of this.#watchers) {
      if (directories.has(directory)) continue;
      watcher.close();
      this.#watchers.delete(directory);
    }
    for (const directory of directories) if (!this.#watchers.has(directory)) this.#watch(directory);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(directory: string): void {
    try {
      const watcher = watch(directory, { persistent: false }, (_event, name) => {
        if (name === null || NAMES.includes(name) || /\.[mc]?[jt]s$/.test(name)) this.#changed();
      });
      // The directory was removed.
      watcher.on("error", () => {
        watcher.close();
        this.#watchers.delete(directory);
        this.#changed();
      });
      this.#watchers.set(directory, watcher);
    } catch {
      // It is gone, or the system has no more watchers: changes there are noticed at the next start.
    }
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onChange, GATHERING_TIME);
  }
}
