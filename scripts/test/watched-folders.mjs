import { EventEmitter } from "node:events";
import { existsSync, readdirSync, watch } from "node:fs";
import { join, relative } from "node:path";

/** Within which time what an editor does to a file in several steps is one change; milliseconds. */
const SETTLING = 20;
/** Folders in which nothing is written by hand, and what editors write for themselves. */
const IGNORED = /^(\..*|node_modules|dist|.*~|\d+)$/;

/** Tells of files that change in folders: `change`, with paths relative to the root that have `/` between their parts. */
export class WatchedFolders extends EventEmitter {
  #root;
  #folders;
  #watchers = new Map();
  #changed = new Set();

  /** Each with all folders in it. Watched one by one: Node 20 loses files that are replaced when it watches whole trees on Linux. */
  constructor(root, folders) {
    super();
    this.#root = root;
    this.#folders = folders;
    this.#follow();
  }

  close() {
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #follow() {
    const folders = new Set(this.#folders.flatMap((folder) => foldersIn(join(this.#root, folder))));
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue;
      const watcher = watch(folder, (_, name) => this.#onChange(folder, name));
      // The folder is gone: its parent's watcher reports that.
      watcher.on("error", () => {});
      this.#watchers.set(folder, watcher);
    }
  }

  #onChange(folder, name) {
    if (!name || IGNORED.test(name)) return;
    if (this.#changed.size === 0) setTimeout(() => this.#report(), SETTLING);
    this.#changed.add(relative(this.#root, join(folder, name)).replaceAll("\\", "/"));
  }

  #report() {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.some((path) => !/\.\w+$/.test(path))) this.#follow();
    this.emit("change", changed);
  }
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name));
  return [folder, ...inner.flatMap((entry) => foldersIn(join(folder, entry.name)))];
}
