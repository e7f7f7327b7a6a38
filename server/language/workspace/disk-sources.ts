import { readFileSync, statSync } from "node:fs";
import type { SourceHost } from "./source-host.ts";

/**
 * Milliseconds for which the version of a file is cached. Every keystroke asks for the versions of all files, which would cost as much as
 * everything else although none of them has changed.
 */
const LOOK_COUNTS_FOR = 1_000;

/** Files as they are on disk, or were a moment ago, except those open in an editor: their text comes from there. */
export class DiskSources implements SourceHost {
  readonly #opened = new Map<string, { readonly version: string; readonly text: string }>();
  /** The cached versions; `undefined`: the file does not exist. */
  readonly #looks = new Map<string, string | undefined>();
  #looksSince = 0;
  #changes = 0;

  /** Sets the text of a file open in an editor; called again after each change. */
  open(file: string, text: string): void {
    this.#changes += 1;
    this.#opened.set(file, { version: `opened ${this.#changes}`, text });
  }

  close(file: string): void {
    this.#opened.delete(file);
  }

  /** Discards cached versions, because something on disk may have changed. */
  lookAgain(): void {
    this.#looks.clear();
    this.#looksSince = performance.now();
  }

  version(file: string): string | undefined {
    const opened = this.#opened.get(file);
    if (opened) return opened.version;
    if (performance.now() > this.#looksSince + LOOK_COUNTS_FOR) this.lookAgain();
    if (!this.#looks.has(file)) this.#looks.set(file, versionOnDisk(file));
    return this.#looks.get(file);
  }

  read(file: string): string | undefined {
    const opened = this.#opened.get(file);
    if (opened) return opened.text;
    try {
      return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
    } catch {
      return undefined;
    }
  }
}

function versionOnDisk(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
}
