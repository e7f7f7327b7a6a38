import { readFileSync, statSync } from "node:fs";
import type { SourceHost } from "./source-host.ts";

/** Files as they are on the disk, except those that an editor has opened: they are as it says. */
export class DiskSources implements SourceHost {
  readonly #opened = new Map<string, { readonly version: string; readonly text: string }>();
  #changes = 0;

  /** The text of a file as it is in an editor, again after each change. */
  open(file: string, text: string): void {
    this.#changes += 1;
    this.#opened.set(file, { version: `opened ${this.#changes}`, text });
  }

  close(file: string): void {
    this.#opened.delete(file);
  }

  version(file: string): string | undefined {
    const opened = this.#opened.get(file);
    if (opened) return opened.version;
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
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
