import { join } from "node:path";
import type { DamagedEntry } from "../contract/task-record.ts";
import { type FileSystem, replaceFile, syncDirectory, writeFully } from "../disk/durable-file.ts";
import { MOST_LINE_BYTES, NEWLINE, partsOf } from "../disk/file-lines.ts";
import { isLink } from "../disk/links.ts";
import { type FileHandle, openRegularFile } from "../disk/regular-file.ts";
import { type ByteRange, RejectedLines } from "../disk/rejected-lines.ts";
import { errorCode, guarded, unusable } from "../disk/storage-error.ts";
import { SyncFailures } from "../disk/sync-failures.ts";
import { checkEnded } from "../validation/ended-check.ts";
import { decodeChecked, encodeChecked, isSpoiled, linesOf } from "./journal-codec.ts";
import { type EndedTask, endedKey } from "./journal-state.ts";

/** Bytes read from the file at a time, starting at its end. */
const PART_BYTES = 256 << 10;

/** How much of each file a holder of the mutex checks: the newest lines, and as much again of older ones. */
const CHECKED_BYTES = 1 << 20;

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
          const value = bytes && decodeChecked(bytes);
          if (!bytes || value === undefined) {
            if (!bytes || isSpoiled(bytes)) onDamaged?.({ id: "", name: "", problem: `A line of ${path} is damaged.`, raw: shown(bytes) });
            continue;
          }
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

  /**
   * Where lines are that are no longer as they were written, for the holder of the mutex: the newest ones, and older ones in `turn`, so that
   * a long history does not slow down each tick. @throws StoreError
   */
  async damaged(turn: number): Promise<ReadonlyMap<string, RejectedLines>> {
    const found = new Map<string, RejectedLines>();
    for (const path of [this.#olderPath, this.#path]) {
      const lines = await guarded("read the history", path, () => damagedLines(this.#fs, path, turn));
      if (lines.count > 0) found.set(path, lines);
    }
    return found;
  }

  /** True if one of its files is a link, through which nothing must be written. */
  async isLinked(): Promise<boolean> {
    return (await isLink(this.#fs, this.#path)) || (await isLink(this.#fs, this.#olderPath));
  }

  /**
   * Replaces the files with durable copies, without some of their lines: for the holder of the mutex, after a failed sync or with damaged
   * lines. @throws StoreError
   */
  async rewrite(without: ReadonlyMap<string, RejectedLines> = new Map()): Promise<void> {
    for (const path of [this.#olderPath, this.#path]) {
      await guarded("rewrite the history", path, async () => {
        const source = await openRegularFile(this.#fs, path);
        if (!source) return;
        const temporary = `${path}.new`;
        try {
          await this.#fs.promises.rm(temporary, { force: true });
          await writeCopy(this.#fs, source, temporary, without.get(path)?.ranges ?? []);
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

/** Byte by byte: a copy made by the system may share what is on the disk, instead of what was to be written there. */
async function writeCopy(fs: FileSystem, source: FileHandle, path: string, without: readonly ByteRange[]): Promise<void> {
  const copy = await fs.promises.open(path, "wx");
  try {
    const buffer = Buffer.allocUnsafe(PART_BYTES);
    let position = 0;
    for (const { start, end } of [...without, { start: Number.POSITIVE_INFINITY, end: 0 }]) {
      while (position < start) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(PART_BYTES, start - position), position);
        if (bytesRead === 0) break;
        await copy.writeFile(buffer.subarray(0, bytesRead));
        position += bytesRead;
      }
      position = end;
    }
    await copy.datasync();
  } finally {
    await copy.close();
  }
}

/** Looks at the checksums of the last lines, and of those in one other stretch. */
async function damagedLines(fs: FileSystem, path: string, turn: number): Promise<RejectedLines> {
  const rejected = new RejectedLines();
  const handle = await openRegularFile(fs, path);
  if (!handle) return rejected;
  try {
    const { size } = await handle.stat();
    const older = (turn % Math.max(1, Math.ceil(size / CHECKED_BYTES))) * CHECKED_BYTES;
    let checkedTo = 0;
    for (const from of [older, Math.max(older, size - CHECKED_BYTES)]) {
      checkedTo = await checkStretch(handle, { from, checkedTo }, rejected);
    }
  } finally {
    await handle.close();
  }
  return rejected;
}

/** Returns where the lines end that begin in the stretch. */
async function checkStretch(
  handle: FileHandle,
  { from, checkedTo }: { from: number; checkedTo: number },
  rejected: RejectedLines,
): Promise<number> {
  const to = from + CHECKED_BYTES;
  // The first line begins after the first newline, except at the start of the file.
  let isWithin = from === 0;
  let end = checkedTo;
  for await (const part of partsOf(handle, Math.max(0, from - 1))) {
    const lines = part.bytes ? linesOf(part.bytes, true) : [{ start: 0, bytes: undefined }];
    const firstNewline = isWithin ? -1 : (part.bytes?.indexOf(NEWLINE) ?? part.end - part.start);
    isWithin = true;
    for (const { start, bytes } of lines) {
      const range = { start: part.start + start, end: bytes ? part.start + start + bytes.length : part.end };
      if (range.start >= to) return end;
      if (start <= firstNewline || range.start < checkedTo) continue;
      if (!bytes || isSpoiled(bytes)) rejected.add(range);
      end = range.end;
    }
  }
  return end;
}

/** The text of a damaged line, as far as people may want to see it. */
function shown(bytes: Buffer | undefined): string {
  return bytes?.toString("utf8", 0, 4_096) ?? "";
}

/**
 * Yields the lines of a file, last one first, reading no more of it than needed; `undefined` for one that is too long. Yields none if the
 * file does not exist.
 */
async function* linesBackwards(fs: FileSystem, path: string): AsyncGenerator<Buffer | undefined> {
  const handle = await openRegularFile(fs, path);
  if (!handle) return;
  try {
    let position = (await handle.stat()).size;
    /** What was read of the line that starts further ahead, in the order of the file. */
    let pieces: Buffer[] = [];
    let length = 0;
    const add = (piece: Buffer) => {
      length += piece.length;
      if (length > MOST_LINE_BYTES) pieces = [];
      else if (piece.length > 0) pieces.unshift(piece);
    };
    const take = () => {
      const line = length > MOST_LINE_BYTES ? undefined : Buffer.concat(pieces);
      pieces = [];
      length = 0;
      return line;
    };
    while (position > 0) {
      const size = Math.min(PART_BYTES, position);
      position -= size;
      const { buffer } = await handle.read(Buffer.alloc(size), 0, size, position);
      let end = size;
      for (let newline = buffer.lastIndexOf(NEWLINE); newline >= 0; newline = end > 0 ? buffer.lastIndexOf(NEWLINE, end - 1) : -1) {
        add(buffer.subarray(newline + 1, end));
        if (length > 0) yield take();
        end = newline;
      }
      add(buffer.subarray(0, end));
    }
    if (length > 0) yield take();
  } finally {
    await handle.close();
  }
}
