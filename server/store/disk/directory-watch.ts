import type { FSWatcher } from "node:fs";
import type { FileSystem } from "./durable-file.ts";

/**
 * Tells of changes in a directory as soon as the system does. Never keeps the process alive. Where the system cannot (no such directory
 * yet, too many watches, a network disk) it stays silent, so whoever uses it also looks by itself now and then.
 */
export class DirectoryWatch {
  readonly #fs: FileSystem;
  readonly #directory: string;
  readonly #onChange: (name: string | null) => void;
  #watcher: FSWatcher | undefined;

  constructor(fs: FileSystem, directory: string, onChange: (name: string | null) => void) {
    this.#fs = fs;
    this.#directory = directory;
    this.#onChange = onChange;
  }

  get active(): boolean {
    return this.#watcher !== undefined;
  }

  /** Tries to watch, unless it does already. */
  start(): void {
    if (this.#watcher) return;
    try {
      const watcher = this.#fs.watch(this.#directory, { persistent: false }, (_event, name) => this.#onChange(name));
      watcher.on("error", () => this.stop());
      this.#watcher = watcher;
    } catch {
      this.#watcher = undefined;
    }
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
