import { readFileSync, statSync } from "node:fs";
import type { SourceHost } from "./source-host.ts";

/**
 * Milliseconds for which a look at a file counts. Who types asks for the versions of all files at each keystroke: that costs as much as all
 * the rest, and none of them is another one then.
 */
const LOOK_COUNTS_FOR = 1_000;

/** Files as they are on the disk, or were a moment ago, except those that an editor has opened: they are as it says. */
export class DiskSources implements SourceHost {
  readonly #opened = new Map<string, { readonly version: string; readonly text: string }>();
  /** The versions of this moment; `undefined`: there is no such file. */
  readonly #looks = new Map<string, string | undefined>();
  #looksSince = 0;
  #changes = 0;

  /** The text of a file as it is in an editor, again after each change. */
  open(file: string, text: string): void {
    this.#changes += 1;
    this.#opened.set(file, { version: `opened ${this.#changes}`, text });
  }

  close(file: string): void {
    this.#opened.delete(file);
  }

  /** Something on the disk is perhaps different: what was seen does not count any more. */
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
