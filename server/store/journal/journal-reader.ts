import { setTimeout as delay } from "node:timers/promises";
import type { FileSystem } from "../disk/durable-file.ts";
import { NEWLINE, partsOf } from "../disk/file-lines.ts";
import { type FileHandle, openRegularFile } from "../disk/regular-file.ts";
import { type ByteRange, RejectedLines } from "../disk/rejected-lines.ts";
import { guarded } from "../disk/storage-error.ts";
import { decodeHeader, decodeLine, type JournalHeader, linesOf } from "./journal-codec.ts";
import { type EndedTask, JournalState } from "./journal-state.ts";

/** How often a reader looks again at an oddity before believing it: the writer may be working just there. */
const LOOKS = 4;
const LOOK_AGAIN_MS = 10;

export interface ReadOptions {
  /** The reader holds the mutex: oddities will not change, and a complete last line without a newline counts. */
  readonly exclusive?: boolean;
  /** Called for each task that ended in the lines read. */
  readonly onEnded?: (ended: EndedTask) => void;
}

/** What follows the last usable line. */
export interface JournalTail {
  /** Only empty lines: reserved space. */
  readonly clean: boolean;
  /** Size of the file in bytes. */
  readonly size: number;
}

/** Follows the journal: reads what was added since the last look, or all of it if the file was replaced. */
export class JournalReader {
  readonly #fs: FileSystem;
  readonly #path: string;
  #state = new JournalState();

  constructor(fs: FileSystem, path: string) {
    this.#fs = fs;
    this.#path = path;
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Discards the state, so that the next look reads everything. */
  reset(): void {
    this.#state = new JournalState();
  }

  /** Refuses a journal of a newer version, without reading it. @throws StoreError */
  async requireKnownVersion(): Promise<void> {
    await guarded("read the journal", this.#path, async () => {
      const handle = await openRegularFile(this.#fs, this.#path);
      if (handle) await this.#header(handle).finally(() => handle.close());
    });
  }

  /** `null` if there is no journal yet. @throws StoreError */
  async refresh(options: ReadOptions = {}): Promise<JournalTail | null> {
    return guarded("read the journal", this.#path, async () => {
      for (let look = 1; ; look++) {
        const tail = await this.#look(options, options.exclusive === true || look >= LOOKS);
        if (tail !== "unsettled") return tail;
        await delay(LOOK_AGAIN_MS);
      }
    });
  }

  async #look(options: ReadOptions, final: boolean): Promise<JournalTail | null | "unsettled"> {
    const handle = await openRegularFile(this.#fs, this.#path);
    if (!handle) {
      this.reset();
      return null;
    }
    try {
      await this.#identify(handle);
      return await this.#readOn(handle, options, final);
    } finally {
      await handle.close();
    }
  }

  async #header(handle: FileHandle): Promise<{ readonly header: JournalHeader | undefined; readonly end: number }> {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE);
    return { header: end < 0 ? undefined : decodeHeader(buffer.toString("utf8", 0, end), this.#path), end };
  }

  /** Starts over unless this is the file that was read before. */
  async #identify(handle: FileHandle): Promise<void> {
    const { header, end } = await this.#header(handle);
    if (header && header.id === this.#state.id && (await handle.stat()).size >= this.#state.offset) return;
    // A damaged header is read as the first line, to be rejected; everything after it may be part of the snapshot.
    this.#state = header ? new JournalState(header, end + 1) : new JournalState({ id: undefined, seq: Number.MAX_SAFE_INTEGER });
  }

  async #readOn(handle: FileHandle, { exclusive = false, onEnded }: ReadOptions, final: boolean): Promise<JournalTail | "unsettled"> {
    const state = this.#state;
    /** Bad lines after the last good one. */
    let suspects = new Suspects();
    const parts = partsOf(handle, state.offset);
    for (let next = await parts.next(); ; next = await parts.next()) {
      if (next.done) {
        if (exclusive) state.reject(suspects.rejected(next.value.size));
        return { clean: suspects.last === undefined, size: next.value.size };
      }
      const { start, end, bytes } = next.value;
      if (bytes === undefined) {
        suspects.add({ start, end, isTorn: false });
        continue;
      }
      for (const line of linesOf(bytes, exclusive)) {
        const range = { start: start + line.start, end: start + line.start + line.bytes.length };
        const decoded = decodeLine(line.bytes);
        if (decoded.kind !== "good") {
          suspects.add({ ...range, isTorn: decoded.kind === "torn" });
          continue;
        }
        if (!final && (suspects.last !== undefined || state.skips(decoded.line))) {
          await parts.return({ size: 0 });
          return "unsettled";
        }
        state.reject(suspects.rejected());
        suspects = new Suspects();
        for (const ended of state.replay(decoded.line, range)) onEnded?.(ended);
        state.offset = range.end + 1;
        if (decoded.line.seq <= state.snapshotSeq) state.snapshotBytes = state.offset;
      }
    }
  }
}

/** Bad lines, of which the last may be one that a crash has cut short. */
class Suspects {
  readonly #others = new RejectedLines();
  last: (ByteRange & { readonly isTorn: boolean }) | undefined;

  add(line: ByteRange & { readonly isTorn: boolean }): void {
    if (this.last) this.#others.add(this.last);
    this.last = line;
  }

  /**
   * All of them; at the end of a file of `size` bytes without what a crash leaves. It tears one line, the last: it ends the file, or lies
   * in space that was reserved. One that has its newline was whole once.
   */
  rejected(size?: number): RejectedLines {
    const isCut = size !== undefined && this.last?.isTorn === true && this.last.end + 1 !== size;
    if (this.last && !isCut) this.#others.add(this.last);
    return this.#others;
  }
}
