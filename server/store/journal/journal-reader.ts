import { setTimeout as delay } from "node:timers/promises";
import type { FileSystem } from "../disk/durable-file.ts";
import { guarded, isMissing } from "../disk/storage-error.ts";
import { decodeHeader, decodeLine, linesOf, NEWLINE } from "./journal-codec.ts";
import { type EndedTask, JournalState } from "./journal-state.ts";

type FileHandle = Awaited<ReturnType<FileSystem["promises"]["open"]>>;

/** Read and parsed in one step, so the event loop is blocked for a few tens of milliseconds at most. */
const PART_BYTES = 1 << 20;
/** Small, because filling it is part of every start. */
const NEWLINES = Buffer.alloc(32 << 10, NEWLINE);
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
    let handle: FileHandle;
    try {
      handle = await this.#fs.promises.open(this.#path, "r");
    } catch (error) {
      if (!isMissing(error)) throw error;
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

  /** Starts over unless this is the file that was read before. */
  async #identify(handle: FileHandle): Promise<void> {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE);
    const header = end < 0 ? undefined : decodeHeader(buffer.toString("utf8", 0, end), this.#path);
    if (header && header.id === this.#state.id && (await handle.stat()).size >= this.#state.offset) return;
    // A damaged header is read as the first line, to be rejected; everything after it may be part of the snapshot.
    this.#state = header ? new JournalState(header, end + 1) : new JournalState({ id: undefined, seq: Number.MAX_SAFE_INTEGER });
  }

  async #readOn(handle: FileHandle, { exclusive = false, onEnded }: ReadOptions, final: boolean): Promise<JournalTail | "unsettled"> {
    const state = this.#state;
    const buffer = Buffer.allocUnsafe(PART_BYTES);
    let carried: Buffer = Buffer.alloc(0);
    let position = state.offset;
    /** Bad lines after the last good one. */
    let suspects: { readonly bytes: Buffer; readonly end: number; readonly isTorn: boolean }[] = [];
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PART_BYTES, position);
      const atEnd = bytesRead === 0;
      const read = buffer.subarray(0, bytesRead);
      const start = position - carried.length;
      position += bytesRead;
      if (!atEnd && carried.length === 0 && isPadding(read)) continue;
      const part = carried.length > 0 ? Buffer.concat([carried, read]) : read;
      for (const line of linesOf(part, atEnd && exclusive)) {
        const decoded = decodeLine(line.bytes);
        if (decoded.kind !== "good") {
          const end = start + line.start + line.bytes.length;
          suspects.push({ bytes: Buffer.from(line.bytes), end, isTorn: decoded.kind === "torn" });
          continue;
        }
        if (!final && (suspects.length > 0 || state.skips(decoded.line))) return "unsettled";
        state.rejected.push(...suspects.map((suspect) => suspect.bytes));
        suspects = [];
        for (const ended of state.replay(decoded.line, line.bytes)) onEnded?.(ended);
        state.offset = start + line.start + line.bytes.length + 1;
        if (decoded.line.seq <= state.snapshotSeq) state.snapshotBytes = state.offset;
      }
      carried = Buffer.from(part.subarray(part.lastIndexOf(NEWLINE) + 1));
      if (atEnd) break;
    }
    if (exclusive) {
      // A crash tears one line, the last: it ends the file, or lies in space that was reserved. One that has its newline was whole once.
      const last = suspects.at(-1);
      const isCut = last?.isTorn === true && last.end + 1 !== position;
      state.rejected.push(...suspects.slice(0, isCut ? -1 : undefined).map((suspect) => suspect.bytes));
    }
    return { clean: suspects.length === 0, size: position };
  }
}

/** Reserved space without any line yet. */
function isPadding(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += NEWLINES.length) {
    const part = bytes.subarray(at, at + NEWLINES.length);
    if (!part.equals(NEWLINES.subarray(0, part.length))) return false;
  }
  return true;
}
