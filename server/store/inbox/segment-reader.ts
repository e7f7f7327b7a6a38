import { constants } from "node:fs";
import { type FileSystem, writeFully } from "../disk/durable-file.ts";
import { NEWLINE } from "../disk/file-lines.ts";
import { decodeLine } from "../journal/journal-codec.ts";
import { openToRead } from "./open-to-read.ts";
import { decodeSegmentLine, encodeSeal, type SubmittedRequest } from "./request-codec.ts";

const PART_BYTES = 64 << 10;

/** Follows a segment: reads what was appended, up to the seal. */
export class SegmentReader {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly name: string;
  /** Offset of the end of the last complete line read. */
  #offset = 0;
  #size = 0;
  #changedAt = 0;
  /** The size up to which everything was read; the end may be a line that is still being written. */
  #seen = 0;
  #isSealed = false;
  /** Those that were not taken yet, and damaged ones. */
  #lines: (SubmittedRequest | Buffer)[] = [];
  #torn: Buffer | undefined;

  constructor(fs: FileSystem, path: string, name: string) {
    this.#fs = fs;
    this.#path = path;
    this.name = name;
    this.look();
  }

  /** True if there may be lines that were not taken yet. */
  get hasMore(): boolean {
    return this.#lines.length > 0 || (!this.#isSealed && this.#seen < this.#size);
  }

  get size(): number {
    return this.#size;
  }

  /** Epoch milliseconds. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** True if it has become longer. */
  look(): boolean {
    const stats = this.#isSealed ? undefined : this.#fs.lstatSync(this.#path, { throwIfNoEntry: false });
    if (!stats) return false;
    const before = this.#size;
    this.#size = stats.size;
    this.#changedAt = stats.mtimeMs;
    return this.#size > before;
  }

  /** The oldest request that was not taken yet. */
  first(onDamaged: (line: Buffer) => void): SubmittedRequest | undefined {
    for (;;) {
      const [line] = this.#lines;
      if (line && !Buffer.isBuffer(line)) return line;
      if (line) onDamaged(line);
      if (line) this.#lines.shift();
      else if (this.hasMore) this.#readOn();
      else return undefined;
    }
  }

  take(): void {
    this.#lines.shift();
  }

  /** Ends the segment, so that its process accepts no further request in it. Finds those that it did accept. */
  seal(): void {
    if (this.#isSealed) return;
    const fd = this.#fs.openSync(this.#path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0));
    try {
      writeFully(this.#fs, fd, Buffer.from(encodeSeal()), null);
    } finally {
      this.#fs.closeSync(fd);
    }
    this.look();
  }

  #readOn(): void {
    const part = this.#readPart();
    const end = part.lastIndexOf(NEWLINE) + 1;
    for (let start = 0; start < end && !this.#isSealed; ) {
      const newline = part.indexOf(NEWLINE, start);
      if (newline > start) this.#decode(part.subarray(start, newline));
      else this.#giveUpTorn();
      start = newline + 1;
    }
    this.#offset += end;
    if (this.#seen === this.#size) this.#giveUpTorn();
  }

  /** Reads at least one line if there is one. */
  #readPart(): Buffer {
    const fd = openToRead(this.#fs, this.#path);
    if (fd === undefined) {
      this.#seen = this.#size;
      return Buffer.alloc(0);
    }
    try {
      for (let length = PART_BYTES; ; length *= 2) {
        const part = Buffer.allocUnsafe(Math.min(length, this.#size - this.#offset));
        const read = part.subarray(0, this.#fs.readSync(fd, part, 0, part.length, this.#offset));
        this.#seen = this.#offset + read.length;
        if (read.length < part.length || this.#seen >= this.#size) this.#seen = this.#size;
        if (this.#seen === this.#size || read.includes(NEWLINE)) return read;
      }
    } finally {
      this.#fs.closeSync(fd);
    }
  }

  #decode(bytes: Buffer): void {
    const line = decodeSegmentLine(bytes);
    if (line === "seal") {
      this.#isSealed = true;
      this.#torn = undefined;
      return;
    }
    this.#giveUpTorn();
    if (line !== "damaged") this.#lines.push(line);
    else if (decodeLine(bytes).kind === "torn") this.#torn = Buffer.from(bytes);
    else this.#lines.push(Buffer.from(bytes));
  }

  /** A killed process tears its last line, and only a seal ends that one. A line with a newline of its own was complete once. */
  #giveUpTorn(): void {
    if (this.#torn) this.#lines.push(this.#torn);
    this.#torn = undefined;
  }
}
