import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { type FileSystem, syncDirectory, writeFully } from "../disk/durable-file.ts";
import { encodeSeal, type RequestOrder, segmentName } from "./request-codec.ts";
import { thisMachine } from "./this-machine.ts";

/** A segment of this size is followed by another, so that what is fulfilled can be removed. */
export const SEGMENT_BYTES = 1 << 20;

/** The writing end of a segment; the process that made it is the only one that appends requests. */
export class SegmentWriter {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly #durable: boolean;
  readonly #fd: number;
  /** Offset of the end of the last request that was accepted. */
  #end = 0;
  #isOpen = true;

  private constructor(fs: FileSystem, path: string, durable: boolean, fd: number) {
    this.#fs = fs;
    this.#path = path;
    this.#durable = durable;
    this.#fd = fd;
  }

  /** `order` is that of the first request. */
  static async create(fs: FileSystem, directory: string, order: RequestOrder, durable: boolean): Promise<SegmentWriter> {
    const path = join(directory, segmentName(order, randomUUID(), thisMachine()));
    const segment = new SegmentWriter(fs, path, durable, fs.openSync(path, "ax+"));
    try {
      if (durable) await syncDirectory(fs, directory);
    } catch (error) {
      segment.#withdraw();
      segment.close();
      throw error;
    }
    return segment;
  }

  /** True if it is to be followed by another. */
  get isFinished(): boolean {
    return !this.#isOpen || this.#end >= SEGMENT_BYTES;
  }

  /**
   * Appends lines and makes them durable if that is required. False, with the segment closed, if they have to be written elsewhere: the disk
   * refused them, or the holder of the mutex sealed the segment before them.
   */
  async append(lines: string): Promise<boolean> {
    const bytes = Buffer.from(lines);
    try {
      writeFully(this.#fs, this.#fd, bytes, null);
      if (this.#durable) await promisify(this.#fs.fdatasync)(this.#fd);
    } catch {
      // After a failed sync the system may have dropped the lines and report success from then on.
      const isRead = this.#isReadBySeal(bytes);
      if (!isRead) this.#withdraw();
      this.close();
      return isRead;
    }
    const { size, nlink } = this.#fs.fstatSync(this.#fd);
    const isAlone = size === this.#end + bytes.length && nlink > 0;
    const isAccepted = isAlone || this.#isReadBySeal(bytes);
    if (isAccepted) this.#end += bytes.length;
    else this.close();
    return isAccepted;
  }

  close(): void {
    if (this.#isOpen) this.#fs.closeSync(this.#fd);
    this.#isOpen = false;
  }

  /** Appends of several processes to one file are atomic, so the lines are either before the seal, and were read, or behind it. */
  #isReadBySeal(bytes: Buffer): boolean {
    const added = Buffer.alloc(Math.max(0, this.#fs.fstatSync(this.#fd).size - this.#end));
    this.#fs.readSync(this.#fd, added, 0, added.length, this.#end);
    return added.subarray(0, bytes.length).equals(bytes) && added.includes(encodeSeal(), bytes.length);
  }

  /** After an error: nothing that was not accepted may be carried out. */
  #withdraw(): void {
    try {
      if (this.#end === 0) this.#fs.rmSync(this.#path, { force: true });
      else this.#fs.truncateSync(this.#path, this.#end);
    } catch {
      // The disk refuses this, too: what is left is carried out although its submission failed.
    }
  }
}
