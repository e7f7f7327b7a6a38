import * as fs from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

const CLEAN = 0;
const WRITTEN = 1;
/** A sync of it has failed: the system believes that it is on the disk, and no later sync writes it. */
const FORGOTTEN = 2;

class CachedFile {
  /** What a power cut leaves. */
  onDisk = Buffer.alloc(0);
  /** For each byte of the file as it can be read. */
  states = Buffer.alloc(0);

  resize(size: number): void {
    this.states =
      size <= this.states.length
        ? this.states.subarray(0, size)
        : Buffer.concat([this.states, Buffer.alloc(size - this.states.length, WRITTEN)]);
  }

  write(position: number, length: number): void {
    if (position + length > this.states.length) this.resize(position + length);
    this.states.fill(WRITTEN, position, position + length);
  }

  sync(content: Buffer): void {
    const before = this.onDisk;
    this.onDisk = Buffer.from(content);
    const states = Buffer.alloc(this.states.length, CLEAN);
    for (let at = this.states.indexOf(FORGOTTEN); at >= 0; at = this.states.indexOf(FORGOTTEN, at + 1)) {
      this.onDisk[at] = before[at] ?? 0;
      states[at] = FORGOTTEN;
    }
    this.states = states;
  }

  failToSync(): void {
    for (let at = 0; at < this.states.length; at++) if (this.states[at] === WRITTEN) this.states[at] = FORGOTTEN;
  }
}

/**
 * A directory on a disk whose n-th sync fails with EIO, after which the system, as Linux does, forgets what it had to write and reports
 * success the next time.
 */
export class ForgetfulDisk {
  readonly #directory: string;
  /** How long each write that waits for the disk takes; a slow one is waited for in the thread pool. */
  readonly #waitMs: number;
  readonly #files = new Map<string, CachedFile>();
  readonly #open = new Map<number, { readonly path: string; readonly file: CachedFile; readonly isSynchronous: boolean }>();
  #namesOnDisk = new Map<string, CachedFile>();
  #changedNames = new Set<string>();
  /** Which sync fails, counted from 1. */
  failsAt: number;
  syncs = 0;

  constructor(directory: string, { failsAt, waitMs = 0 }: { failsAt: number; waitMs?: number }) {
    this.#directory = directory;
    this.failsAt = failsAt;
    this.#waitMs = waitMs;
  }

  get hasFailed(): boolean {
    return this.syncs >= this.failsAt;
  }

  /** What a power cut would leave, in another directory. */
  async cutPower(target: string): Promise<void> {
    for (const [path, file] of this.#namesOnDisk) {
      const copy = join(target, relative(this.#directory, path));
      await mkdir(dirname(copy), { recursive: true });
      await writeFile(copy, file.onDisk);
    }
  }

  readonly fs = this.#wrapped();

  #wrapped(): typeof fs {
    const { promises } = fs;
    return {
      ...fs,
      openSync: (path: string, flags: string | number) => {
        const fd = fs.openSync(path, flags);
        this.#opened(fd, path, typeof flags === "number" && (flags & fs.constants.O_DSYNC) !== 0);
        return fd;
      },
      writeSync: (fd: number, bytes: Uint8Array, offset: number, length: number, position: number | null) => {
        const start = position ?? fs.fstatSync(fd).size;
        const written = fs.writeSync(fd, bytes, offset, length, position);
        const open = this.#open.get(fd);
        open?.file.write(start, written);
        if (open?.isSynchronous) {
          for (const end = performance.now() + this.#waitMs; performance.now() < end; );
          this.#sync(fd);
        }
        return written;
      },
      ftruncateSync: (fd: number, size: number) => {
        fs.ftruncateSync(fd, size);
        this.#open.get(fd)?.file.resize(size);
      },
      fdatasyncSync: (fd: number) => this.#sync(fd),
      fdatasync: (fd: number, done: (error: unknown) => void) => {
        setImmediate(() => {
          try {
            this.#sync(fd);
            done(null);
          } catch (error) {
            done(error);
          }
        });
      },
      renameSync: (from: string, to: string) => {
        fs.renameSync(from, to);
        this.#renamed(from, to);
      },
      promises: {
        ...promises,
        open: async (path: string, flags: string | number) => this.#handle(await promises.open(path, flags), path),
        rename: async (from: string, to: string) => {
          await promises.rename(from, to);
          this.#renamed(from, to);
        },
        rm: async (path: string, options: fs.RmOptions) => {
          await promises.rm(path, options);
          this.#files.delete(path);
          this.#changedNames.add(path);
        },
      },
    } as unknown as typeof fs;
  }

  #handle(handle: fs.promises.FileHandle, path: string): fs.promises.FileHandle {
    const { fd } = handle;
    const isDirectory = fs.fstatSync(fd).isDirectory();
    if (!isDirectory) this.#opened(fd, path, false);
    const follow = () => {
      const { size } = fs.fstatSync(fd);
      const open = this.#open.get(fd);
      if (open) open.file.write(open.file.states.length, Math.max(0, size - open.file.states.length));
    };
    const { writeFile: write, appendFile: append } = handle;
    handle.writeFile = (...args) => write.apply(handle, args).then(follow);
    handle.appendFile = (...args) => append.apply(handle, args).then(follow);
    handle.datasync = async () => this.#sync(fd);
    handle.sync = async () => (isDirectory ? this.#syncNames(path) : this.#sync(fd));
    return handle;
  }

  #opened(fd: number, path: string, isSynchronous: boolean): void {
    let file = this.#files.get(path);
    const { size } = fs.fstatSync(fd);
    if (!file) {
      file = new CachedFile();
      this.#files.set(path, file);
      this.#changedNames.add(path);
    }
    file.resize(size);
    this.#open.set(fd, { path, file, isSynchronous });
  }

  #renamed(from: string, to: string): void {
    const file = this.#files.get(from);
    if (!file) return;
    this.#files.delete(from);
    this.#files.set(to, file);
    for (const path of [from, to]) this.#changedNames.add(path);
  }

  #sync(fd: number): void {
    const open = this.#open.get(fd);
    if (!open) return;
    const { size } = fs.fstatSync(fd);
    open.file.resize(size);
    if (++this.syncs === this.failsAt) {
      open.file.failToSync();
      throw failure();
    }
    const content = Buffer.alloc(size);
    // The descriptor may be one for writing only.
    const reading = fs.openSync(`/proc/self/fd/${fd}`, "r");
    fs.readSync(reading, content, 0, size, 0);
    fs.closeSync(reading);
    open.file.sync(content);
  }

  #syncNames(directory: string): void {
    const names = [...this.#changedNames].filter((path) => dirname(path) === directory);
    for (const name of names) this.#changedNames.delete(name);
    if (++this.syncs === this.failsAt) throw failure();
    for (const name of names) {
      const file = this.#files.get(name);
      if (file) this.#namesOnDisk.set(name, file);
      else this.#namesOnDisk.delete(name);
    }
  }
}

function failure(): Error {
  return Object.assign(new Error("EIO: i/o error, fsync"), { code: "EIO" });
}
