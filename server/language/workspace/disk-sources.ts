import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { MAXIMUM_LENGTH } from "../syntax/unanalysed.ts";
import type { SourceHost } from "./source-host.ts";

/**
 * Milliseconds for which the version of a file is cached. Every keystroke asks for the versions of all files, which would cost as much as
 * everything else although none of them has changed.
 */
const LOOK_COUNTS_FOR = 1_000;
/** Bytes. A text that takes more of them has more than `MAXIMUM_LENGTH` characters. */
const READ_AT_MOST = 4 * MAXIMUM_LENGTH;

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
      return readStart(file).replace(/^\uFEFF/, "");
    } catch {
      return undefined;
    }
  }
}

/** An import may name anything: a path through a file, one that is too long. None of that is a file that can be read. */
function versionOnDisk(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the text of a file, or of one that is too long to be analysed the first part. */
function readStart(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.allocUnsafe(Math.min(READ_AT_MOST, fstatSync(descriptor).size));
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    return bytes.toString("utf8", 0, length);
  } finally {
    closeSync(descriptor);
  }
}
