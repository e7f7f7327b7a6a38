import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskRequest } from "../contract/transaction.ts";
import { type FileSystem, makeDirectory, syncDirectory, writeFileAtomically } from "../disk/durable-file.ts";
import { guarded, isMissing } from "../disk/storage-error.ts";
import { isTooDeep } from "../validation/depth.ts";
import { request } from "../validation/request-check.ts";
import { isObject, list, problemOf } from "../validation/shape.ts";

/** Requests submitted together. */
export interface InboxFile {
  readonly name: string;
  readonly requests: readonly TaskRequest[];
}

/** Age at which the files of processes killed while writing a request, which was therefore never acknowledged, are removed. */
const STALE_TEMPORARY_MS = 60_000;

/**
 * Requests to the holder of the mutex, one file for those submitted at the same moment; sorted by name, they are oldest first. Any process
 * adds files, the holder removes them.
 */
export class Inbox {
  readonly #fs: FileSystem;
  readonly directory: string;
  readonly #durable: boolean;
  readonly #parsed = new Map<string, readonly TaskRequest[] | undefined>();
  #waiting: TaskRequest[] = [];
  #delivery: Promise<void> | undefined;
  #lastTime = 0;
  #count = 0;

  constructor(fs: FileSystem, directory: string, durable: boolean) {
    this.#fs = fs;
    this.directory = directory;
    this.#durable = durable;
  }

  /** Resolves when the request is stored. Those submitted while another is being written share a file. @throws StoreError */
  async submit(request: TaskRequest): Promise<void> {
    this.#waiting.push(request);
    const before = this.#delivery;
    // Two rounds at most: the current one may have started without this request.
    if (before) await before.catch(() => {});
    if (!this.#waiting.includes(request)) return this.#delivery;
    this.#delivery = this.#deliver().finally(() => {
      this.#delivery = undefined;
    });
    return this.#delivery;
  }

  /** Returns all requests, oldest first. @throws StoreError */
  async read(): Promise<{ readonly files: readonly InboxFile[]; readonly unreadable: readonly string[] }> {
    return guarded("read", this.directory, async () => {
      const names = (await this.#names()).filter((name) => name.endsWith(".json")).sort();
      const files: InboxFile[] = [];
      const unreadable: string[] = [];
      for (const name of names) {
        const requests = await this.#parse(name);
        if (requests) files.push({ name, requests });
        else if (requests === undefined) unreadable.push(name);
      }
      const present = new Set(names);
      for (const name of this.#parsed.keys()) if (!present.has(name)) this.#parsed.delete(name);
      return { files, unreadable };
    });
  }

  /** True if this file has already been read, so that a notification of it is not news. */
  knows(name: string): boolean {
    return this.#parsed.has(name);
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  async remove(name: string): Promise<void> {
    await guarded("remove", this.path(name), () => this.#fs.promises.rm(this.path(name), { force: true }));
  }

  /** Makes removals survive a power cut; only then may the journal forget which requests were fulfilled. */
  async sync(): Promise<void> {
    await guarded("make durable", this.directory, () => syncDirectory(this.#fs, this.directory)).catch((error: unknown) => {
      if (!isMissing((error as Error).cause)) throw error;
    });
  }

  async removeStaleTemporaries(): Promise<void> {
    for (const name of await this.#names()) {
      if (!name.endsWith(".tmp")) continue;
      const stats = await this.#fs.promises.stat(this.path(name)).catch(() => undefined);
      if (stats && Date.now() - stats.mtimeMs > STALE_TEMPORARY_MS) await this.#fs.promises.rm(this.path(name), { force: true });
    }
  }

  async #names(): Promise<string[]> {
    return this.#fs.promises.readdir(this.directory).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  }

  /** `null`: gone in the meantime. `undefined`: no requests of a known format. */
  async #parse(name: string): Promise<readonly TaskRequest[] | undefined | null> {
    if (this.#parsed.has(name)) return this.#parsed.get(name);
    let text: string;
    try {
      text = await this.#fs.promises.readFile(this.path(name), "utf8");
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    const requests = parseRequests(text);
    this.#parsed.set(name, requests);
    return requests;
  }

  async #deliver(): Promise<void> {
    const requests = this.#waiting;
    this.#waiting = [];
    const name = this.#nextName();
    await guarded("leave a request in", this.directory, async () => {
      const created = await makeDirectory(this.#fs, this.directory);
      if (created && this.#durable) await syncDirectory(this.#fs, dirname(this.directory));
      await writeFileAtomically(this.#fs, {
        path: this.path(`${name}.json`),
        temporary: this.path(`${name}.tmp`),
        content: `${JSON.stringify({ version: 1, requests })}\n`,
        durable: this.#durable,
      });
      if (this.#durable) await syncDirectory(this.#fs, this.directory);
      // Requests submitted after this one, in any process, must sort after it.
      if (Date.now() === this.#lastTime) await delay(1);
    });
  }

  /** Sorted by time and, within this process, by order of submission even if the clock is set back. */
  #nextName(): string {
    this.#lastTime = Math.max(this.#lastTime, Date.now());
    const count = String(++this.#count).padStart(8, "0");
    return `${String(this.#lastTime).padStart(15, "0")}-${count}-${randomUUID()}`;
  }
}

const requests = list(request);

function parseRequests(text: string): readonly TaskRequest[] | undefined {
  try {
    const file: unknown = JSON.parse(text);
    if (!isObject(file) || file.version !== 1 || isTooDeep(file)) return undefined;
    return problemOf(requests, file.requests) === undefined ? (file.requests as readonly TaskRequest[]) : undefined;
  } catch {
    return undefined;
  }
}
