import { constants } from "node:fs";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { StoreError } from "../contract/store-error.ts";
import { type FileSystem, writeFully } from "../disk/durable-file.ts";
import { NEWLINE } from "../disk/file-lines.ts";
import { errorCode, unusable } from "../disk/storage-error.ts";
import type { SyncFailures } from "../disk/sync-failures.ts";
import type { Claim } from "../mutex/tick-mutex.ts";
import { DiskPace } from "./disk-pace.ts";
import type { JournalTail } from "./journal-reader.ts";
import { Preallocation } from "./preallocation.ts";

/**
 * Linux writes and waits for the disk in one call, which is measurably faster than two. Other systems lack the flag, or promise less than
 * fdatasync.
 */
const WRITE_THROUGH = process.platform === "linux" ? constants.O_RDWR | constants.O_DSYNC : undefined;

const NO_SPACE = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * The writing end of the journal. All bytes are written synchronously, in the order of the lines, so that a killed process leaves no
 * pending write that could overwrite its successor's lines; only waiting for the disk may use the thread pool.
 */
export class JournalFile {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly #fd: number;
  /** The same file, opened so that every write is durable when it returns. */
  readonly #durableFd: number | undefined;
  readonly #preallocation = new Preallocation();
  readonly #pace = new DiskPace();
  #pending = "";
  #used: number;
  #allocated: number;
  /** Numbers of the last transactions that were appended, written and made durable. */
  #appended: number;
  #written: number;
  #durable: number;
  /** Where the last durable line ends. */
  #durableEnd: number;
  #commit: Promise<void> | undefined;
  #failed = false;
  readonly #claim: Claim;
  /** Another process has taken the mutex over, and owns the file now. */
  #isLost = false;
  readonly #syncFailures: SyncFailures;
  #syncFailed = false;

  /**
   * `reserve`: whether waiting for the disk is worth reserving space; `end`: offset of the end of the last good line; `seq`: its number.
   * @throws StoreError
   */
  constructor(
    fs: FileSystem,
    path: string,
    {
      end,
      seq,
      tail,
      reserve,
      claim,
      syncFailures,
    }: { end: number; seq: number; tail: JournalTail; reserve: boolean; claim: Claim; syncFailures: SyncFailures },
  ) {
    this.#claim = claim;
    this.#syncFailures = syncFailures;
    this.#durableEnd = end;
    this.#fs = fs;
    this.#path = path;
    this.#used = end;
    this.#allocated = Math.max(end, tail.clean ? tail.size : end);
    this.#appended = this.#written = this.#durable = seq;
    if (!reserve) this.#preallocation.disable();
    this.#fd = this.#guarded("open the journal", () => fs.openSync(path, "r+"));
    try {
      this.#repair(end, tail);
      if (reserve && WRITE_THROUGH !== undefined)
        this.#durableFd = this.#guarded("open the journal", () => fs.openSync(path, WRITE_THROUGH));
    } catch (error) {
      fs.closeSync(this.#fd);
      throw error;
    }
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** Bytes of lines, excluding reserved space. */
  get size(): number {
    return this.#used;
  }

  get written(): number {
    return this.#written;
  }

  get durable(): number {
    return this.#durable;
  }

  /** Queues a line without writing it. @throws StoreError after a failed write */
  append(line: string, seq: number): void {
    this.requireSound();
    this.#pending += line;
    this.#appended = seq;
  }

  /** Hands the queued lines to the operating system: they survive this process, but not a power cut. @throws StoreError */
  write(): void {
    this.requireSound();
    if (this.#pending === "") return;
    this.#writeTo(this.#fd);
  }

  /** Resolves once everything appended before survives a power cut. Concurrent callers share one write. @throws StoreError */
  async sync(): Promise<void> {
    const target = this.#appended;
    while (this.#durable < target) {
      this.#commit ??= this.#makeDurable();
      await this.#commit;
    }
  }

  /**
   * Releases reserved space, so that users see a clean file; after a failed sync also the lines that it was for, which were never
   * acknowledged. @throws StoreError, with the file closed nevertheless
   */
  close(): void {
    try {
      const end = this.#syncFailed ? this.#durableEnd : this.#used;
      if ((this.#allocated > end || this.#failed) && this.#isHeld()) this.#fs.ftruncateSync(this.#fd, end);
    } catch (error) {
      throw unusable("clean up the journal", this.#path, error);
    } finally {
      this.#fs.closeSync(this.#fd);
      if (this.#durableFd !== undefined) this.#fs.closeSync(this.#durableFd);
    }
  }

  /** Truncated bytes are not an acknowledged transaction; a last line without its newline gets one. */
  #repair(end: number, tail: JournalTail): void {
    if (!tail.clean) this.#guarded("truncate the incomplete end of", () => this.#fs.ftruncateSync(this.#fd, Math.min(end, tail.size)));
    if (end > tail.size) this.#guarded("complete the last line of", () => writeFully(this.#fs, this.#fd, Buffer.of(NEWLINE), end - 1));
  }

  async #makeDurable(): Promise<void> {
    try {
      // Includes lines appended in the same moment.
      await null;
      this.requireSound();
      const start = performance.now();
      if (this.#pace.inPlace) this.#writeDurably();
      else await this.#writeAndSync();
      this.#pace.observe(performance.now() - start);
      this.#reserve();
    } catch (error) {
      this.#failed = true;
      throw unusable("make the journal durable", this.#path, error);
    } finally {
      this.#commit = undefined;
    }
  }

  /** Blocks the event loop. */
  #writeDurably(): void {
    // Lines written earlier without waiting need more than this write.
    if (this.#durableFd !== undefined && this.#written === this.#durable) this.#writeThrough(this.#durableFd);
    else {
      this.#writeTo(this.#fd);
      this.#sync();
    }
    this.#durable = this.#written;
    this.#durableEnd = this.#used;
  }

  /** Waits in the thread pool. */
  async #writeAndSync(): Promise<void> {
    this.#writeTo(this.#fd);
    const [written, end] = [this.#written, this.#used];
    try {
      await promisify(this.#fs.fdatasync)(this.#fd);
    } catch (error) {
      this.#onSyncFailed(error);
      throw error;
    }
    this.#durable = written;
    this.#durableEnd = end;
  }

  #writeThrough(fd: number): void {
    try {
      this.#writeTo(fd);
    } catch (error) {
      // Without space it was not even written.
      if (!isOutOfSpace(error)) this.#onSyncFailed(error);
      throw error;
    }
  }

  #sync(): void {
    try {
      this.#fs.fdatasyncSync(this.#fd);
    } catch (error) {
      this.#onSyncFailed(error);
      throw error;
    }
  }

  #onSyncFailed(error: unknown): void {
    this.#syncFailed = true;
    this.#syncFailures.record(error);
  }

  #writeTo(fd: number): void {
    if (this.#pending === "") return;
    this.#requireHeld();
    const bytes = Buffer.from(this.#pending);
    this.#guarded("append to the journal", () => writeFully(this.#fs, fd, bytes, this.#used));
    this.#pending = "";
    this.#used += bytes.length;
    this.#written = this.#appended;
    this.#allocated = Math.max(this.#allocated, this.#used);
  }

  /** Reserved space is an optimization: a disk too full for it may still hold the lines. */
  #reserve(): void {
    const bytes = this.#preallocation.after(this.#used, this.#allocated);
    if (bytes === 0) return;
    this.#requireHeld();
    try {
      writeFully(this.#fs, this.#fd, Buffer.alloc(bytes, NEWLINE), this.#used);
      this.#allocated = this.#used + bytes;
      // All at once, instead of page by page with later lines.
      this.#sync();
    } catch (error) {
      if (!isOutOfSpace(error) || this.#syncFailed) throw error;
      this.#preallocation.disable();
      // Some of it may exist and must be released.
      this.#allocated = Number.POSITIVE_INFINITY;
    }
  }

  /** @throws StoreError if another process has taken the mutex over, from which on this file is never touched again */
  #requireHeld(): void {
    try {
      this.#claim.requireHeld();
    } catch (error) {
      this.#failed = true;
      this.#isLost = true;
      throw error;
    }
  }

  #isHeld(): boolean {
    if (this.#isLost) return false;
    try {
      this.#requireHeld();
      return true;
    } catch {
      return false;
    }
  }

  /** @throws StoreError after a failed write */
  requireSound(): void {
    if (this.#failed) {
      throw new StoreError(
        "closed",
        `An earlier write to ${this.#path} failed, so nothing more is written. Fix the cause, then start a new tick.`,
      );
    }
  }

  #guarded<Result>(operation: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.#failed = true;
      throw unusable(operation, this.#path, error);
    }
  }
}

function isOutOfSpace(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error;
  return NO_SPACE.has(errorCode(cause) ?? "");
}
