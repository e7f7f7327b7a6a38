import { join } from "node:path";
import type { DamagedEntry } from "../contract/task-record.ts";
import { type FileSystem, replaceFile, syncDirectory, writeFully } from "../disk/durable-file.ts";
import { errorCode, guarded, isMissing, unusable } from "../disk/storage-error.ts";
import { SyncFailures } from "../disk/sync-failures.ts";
import { checkEnded } from "../validation/ended-check.ts";
import { decodeChecked, encodeChecked, NEWLINE } from "./journal-codec.ts";
import { type EndedTask, endedKey } from "./journal-state.ts";

/** Bytes read from the file at a time, starting at its end. */
const PART_BYTES = 256 << 10;

/** A history file is rotated at this size; one older file is kept, so about twice this much history is available. */
export const HISTORY_FILE_BYTES = 8 << 20;

/**
 * The ended tasks, one line each, oldest first. Derived from the journal, so it needs no durability of its own: whatever a crash takes from
 * it is still in the journal, which may only forget it after `sync`.
 */
export class HistoryFile {
  readonly #fs: FileSystem;
  readonly #directory: string;
  readonly #path: string;
  readonly #olderPath: string;
  readonly #maxBytes: number;
  readonly #syncFailures: SyncFailures;
  #fd: number | undefined;
  #size = 0;

  constructor(fs: FileSystem, directory: string, { maxBytes = HISTORY_FILE_BYTES, syncFailures = new SyncFailures(fs, directory) } = {}) {
    this.#fs = fs;
    this.#directory = directory;
    this.#path = join(directory, "history.jsonl");
    this.#olderPath = join(directory, "history.1.jsonl");
    this.#maxBytes = maxBytes;
    this.#syncFailures = syncFailures;
  }

  /** Newest first; `onDamaged` is called for those that cannot be interpreted. @throws StoreError */
  async *entries(onDamaged?: (entry: DamagedEntry) => void): AsyncGenerator<EndedTask> {
    try {
      for (const path of [this.#path, this.#olderPath]) {
        for await (const bytes of linesBackwards(this.#fs, path)) {
          const value = decodeChecked(bytes);
          if (value === undefined) continue;
          const check = checkEnded(value);
          if (check.kind === "sound") yield check.ended;
          else onDamaged?.({ ...check.entry, raw: bytes.toString("utf8") });
        }
      }
    } catch (error) {
      throw unusable("read the history", this.#path, error);
    }
  }

  /** Number of the last transaction it contains; 0 if it is empty. @throws StoreError */
  async lastSeq(): Promise<number> {
    for await (const { seq } of this.entries()) return seq;
    return 0;
  }

  /** Which tasks that ended after transaction `seq` are recorded, and since which transaction nothing has been rotated away. */
  async recordedAfter(seq: number): Promise<{ readonly keys: ReadonlySet<string>; readonly completeFrom: number }> {
    const keys = new Set<string>();
    let oldest = Number.POSITIVE_INFINITY;
    for await (const ended of this.entries()) {
      if (ended.seq <= seq) return { keys, completeFrom: seq };
      keys.add(endedKey(ended.seq, ended.entry.id));
      oldest = Math.min(oldest, ended.seq);
    }
    const rotated = await this.#fs.promises.stat(this.#olderPath).then(
      () => true,
      () => false,
    );
    return { keys, completeFrom: rotated ? oldest : seq };
  }

  /** For the holder of the mutex only. All of the entries, or none of them. @throws StoreError */
  append(ended: readonly EndedTask[]): void {
    try {
      if (this.#fd === undefined) this.#open();
      if (this.#fd === undefined) return;
      this.#write(this.#fd, ended.map(encodeEnded).join(""));
      if (this.#size >= this.#maxBytes) this.#rotate();
    } catch (error) {
      this.close();
      throw unusable("append to the history", this.#path, error);
    }
  }

  /** Makes everything appended survive a power cut. @throws StoreError */
  async sync(): Promise<void> {
    await guarded("make the history durable", this.#directory, async () => {
      for (const path of [this.#path, this.#olderPath]) {
        const handle = await this.#fs.promises.open(path, "r+").catch(() => undefined);
        if (handle) await this.#syncFailures.during(() => handle.datasync()).finally(() => handle.close());
      }
      await this.#syncFailures.during(() => syncDirectory(this.#fs, this.#directory));
    });
  }

  /** Replaces the files with copies that are durable, for the holder of the mutex after a failed sync. @throws StoreError */
  async rewrite(): Promise<void> {
    for (const path of [this.#olderPath, this.#path]) {
      await guarded("rewrite the history", path, async () => {
        const source = await openIfThere(this.#fs, path);
        if (!source) return;
        const temporary = `${path}.new`;
        try {
          await writeCopy(this.#fs, source, temporary);
        } catch (error) {
          await this.#fs.promises.rm(temporary, { force: true }).catch(() => {});
          throw error;
        } finally {
          await source.close();
        }
        await replaceFile(this.#fs, temporary, path);
      });
    }
    await this.sync();
  }

  close(): void {
    if (this.#fd !== undefined) this.#fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  #open(): void {
    this.#fd = this.#fs.openSync(this.#path, "a");
    this.#size = this.#fs.fstatSync(this.#fd).size;
    // Ends a line that a crash may have left incomplete; empty lines mean nothing.
    if (this.#size > 0) this.#write(this.#fd, "\n");
  }

  /** Writes all of it; what a failed write has left behind is cut off again. */
  #write(fd: number, text: string): void {
    const bytes = Buffer.from(text);
    try {
      writeFully(this.#fs, fd, bytes, null);
    } catch (error) {
      try {
        this.#fs.ftruncateSync(fd, this.#size);
      } catch {
        // Then checksums tell what is left there from an entry.
      }
      throw error;
    }
    this.#size += bytes.length;
  }

  #rotate(): void {
    try {
      if (this.#fd !== undefined) this.#fs.fdatasyncSync(this.#fd);
    } catch (error) {
      this.#syncFailures.record(error);
      throw error;
    }
    this.close();
    try {
      this.#fs.renameSync(this.#path, this.#olderPath);
    } catch (error) {
      // On Windows while another process reads it; the next append retries.
      if (!["EPERM", "EACCES", "EBUSY"].includes(errorCode(error) ?? "")) throw error;
    }
  }
}

function encodeEnded({ seq, entry }: EndedTask): string {
  return encodeChecked({ seq, ...entry });
}

type FileHandle = Awaited<ReturnType<FileSystem["promises"]["open"]>>;

function openIfThere(fs: FileSystem, path: string): Promise<FileHandle | undefined> {
  return fs.promises.open(path, "r").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** Byte by byte: a copy made by the system may share what is on the disk, instead of what was to be written there. */
async function writeCopy(fs: FileSystem, source: FileHandle, path: string): Promise<void> {
  const copy = await fs.promises.open(path, "w");
  try {
    const buffer = Buffer.allocUnsafe(PART_BYTES);
    for (let position = 0; ; ) {
      const { bytesRead } = await source.read(buffer, 0, PART_BYTES, position);
      if (bytesRead === 0) break;
      await copy.writeFile(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    await copy.datasync();
  } finally {
    await copy.close();
  }
}

/** Yields the lines of a file, last one first, reading no more of it than needed. Yields none if the file does not exist. */
async function* linesBackwards(fs: FileSystem, path: string): AsyncGenerator<Buffer> {
  const handle = await openIfThere(fs, path);
  if (!handle) return;
  try {
    let position = (await handle.stat()).size;
    /** The start of what was read; its line may start further ahead. */
    let rest: Buffer = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(PART_BYTES, position);
      position -= length;
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
      let part = Buffer.concat([buffer, rest]);
      for (let newline = part.lastIndexOf(NEWLINE); newline >= 0; newline = part.lastIndexOf(NEWLINE)) {
        if (newline + 1 < part.length) yield part.subarray(newline + 1);
        part = part.subarray(0, newline);
      }
      rest = part;
    }
    if (rest.length > 0) yield rest;
  } finally {
    await handle.close();
  }
}
