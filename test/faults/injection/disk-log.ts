import { constants } from "node:fs";
import type { DiskOperation } from "./disk-operation.ts";
import { original } from "./file-functions.ts";

interface OpenFile {
  readonly path: string;
  readonly inode: number;
  readonly isDurable: boolean;
  readonly appends: boolean;
  /** Where the next write without a position goes. */
  position: number;
}

const DURABLE_FLAGS = (constants.O_DSYNC ?? 0) | (constants.O_SYNC ?? 0);

/** Records what a process does to the disk. All processes of a run append to one file, so its order is the order of the operations. */
export class DiskLog {
  readonly #path: string;
  readonly #isWatched: (path: string) => boolean;
  readonly #open = new Map<number, OpenFile>();
  #syncs = 0;

  constructor(path: string, isWatched: (path: string) => boolean) {
    this.#path = path;
    this.#isWatched = isWatched;
  }

  record(operation: DiskOperation): void {
    original.appendFileSync(this.#path, `${JSON.stringify(operation)}\n`);
  }

  /** Called before a file is opened: whether it existed cannot be asked afterwards. */
  opens(path: string, flags: unknown): (fd: number) => void {
    const existed = original.existsSync(path);
    return (fd) => {
      const stats = original.fstatSync(fd);
      if (stats.isDirectory()) {
        this.#open.set(fd, { path, inode: stats.ino, isDurable: false, appends: false, position: 0 });
        return;
      }
      if (!existed) this.record({ kind: "create", path, inode: stats.ino });
      else if (truncates(flags)) this.record({ kind: "truncate", inode: stats.ino, length: 0 });
      const isDurable = typeof flags === "number" && (flags & DURABLE_FLAGS) !== 0;
      const appends = typeof flags === "number" ? (flags & constants.O_APPEND) !== 0 : String(flags).startsWith("a");
      this.#open.set(fd, { path, inode: stats.ino, isDurable, appends, position: 0 });
    };
  }

  closed(fd: number): void {
    this.#open.delete(fd);
  }

  /** Whether a write to it returns when its data is durable. */
  isDurable(fd: number): boolean {
    return this.#open.get(fd)?.isDurable === true;
  }

  /** @param position as it was given to the function. @param failed the data is there to be read, and not durable. */
  wrote(fd: number, bytes: Uint8Array, position: unknown, failed = false): void {
    const file = this.#open.get(fd);
    if (!file) return;
    let start = typeof position === "number" && position >= 0 ? position : file.position;
    if (file.appends) start = original.fstatSync(fd).size - bytes.length;
    if (typeof position !== "number" || position < 0) file.position = start + bytes.length;
    const data = Buffer.from(bytes).toString("base64");
    const durability = failed ? "lost" : file.isDurable ? "durable" : "pending";
    this.record({ kind: "write", inode: file.inode, position: start, data, durability });
  }

  /** A whole file was written by its name. */
  wroteFile(path: string, bytes: Uint8Array, { existed, appended }: { existed: boolean; appended: boolean }): void {
    const { ino, size } = original.statSync(path);
    if (!existed) this.record({ kind: "create", path, inode: ino });
    else if (!appended) this.record({ kind: "truncate", inode: ino, length: 0 });
    const position = appended ? size - bytes.length : 0;
    this.record({ kind: "write", inode: ino, position, data: Buffer.from(bytes).toString("base64"), durability: "pending" });
  }

  truncated(fd: number, length: unknown): void {
    const file = this.#open.get(fd);
    if (file) this.record({ kind: "truncate", inode: file.inode, length: typeof length === "number" ? length : 0 });
  }

  syncs(fd: number): { ended(): void; failed(): void } {
    const file = this.#open.get(fd);
    const sync = `${process.pid}-${++this.#syncs}`;
    if (!file || !this.#isWatched(file.path)) return { ended: () => {}, failed: () => {} };
    this.record({ kind: "sync starts", sync });
    const { inode, path } = file;
    const isDirectory = original.fstatSync(fd).isDirectory();
    return {
      ended: () => this.record(isDirectory ? { kind: "directory sync ends", sync, path } : { kind: "sync ends", sync, inode }),
      failed: () => this.record({ kind: "sync fails", sync, inode }),
    };
  }
}

function truncates(flags: unknown): boolean {
  return typeof flags === "number" ? (flags & constants.O_TRUNC) !== 0 : String(flags).startsWith("w");
}
