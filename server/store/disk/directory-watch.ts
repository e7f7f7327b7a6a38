import type { FSWatcher } from "node:fs";
import type { FileSystem } from "./durable-file.ts";

/**
 * Reports changes in a directory as soon as the system does. Never keeps the process alive. Stays silent if the system cannot watch
 * (missing directory, too many watches, network disk), so callers also poll occasionally.
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

  /** Starts watching, if it is possible and not already done. */
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
