import { join } from "node:path";
import type { FileSystem } from "./durable-file.ts";
import { guarded } from "./storage-error.ts";

const FILE_NAME = "sync-failed";

/**
 * Remembers that the system could not make something durable. Linux may then drop the bytes and report success the next time, so a later
 * sync proves nothing: the next holder of the mutex writes journal and history to new files instead. The file that says so outlives this
 * process, and need not outlive a power cut, after which only what is on the disk can be read.
 */
export class SyncFailures {
  readonly #fs: FileSystem;
  readonly #directory: string;
  readonly path: string;
  #isPending = false;

  constructor(fs: FileSystem, directory: string) {
    this.#fs = fs;
    this.#directory = directory;
    this.path = join(directory, FILE_NAME);
  }

  /** Runs `sync`; records its failure. */
  async during<Result>(sync: () => Promise<Result>): Promise<Result> {
    try {
      return await sync();
    } catch (error) {
      this.record(error);
      throw error;
    }
  }

  record(error: unknown): void {
    this.#isPending = true;
    const message = error instanceof Error ? error.message : String(error);
    try {
      this.#fs.rmSync(this.path, { force: true });
      this.#fs.writeFileSync(this.path, `${JSON.stringify({ at: new Date().toISOString(), message })}\n`, { flag: "wx" });
    } catch {
      // No file can say so; this store object still knows.
    }
  }

  /** True if something has yet to be written again. @throws StoreError */
  async pending(): Promise<boolean> {
    if (this.#isPending) return true;
    const names = await guarded("read", this.#directory, () => this.#fs.promises.readdir(this.#directory));
    return names.includes(FILE_NAME);
  }

  /** Forgets them: everything has been written again, durably. @throws StoreError */
  async resolve(): Promise<void> {
    await guarded("remove", this.path, () => this.#fs.promises.rm(this.path, { force: true }));
    this.#isPending = false;
  }
}
