import type { TaskRequest } from "../contract/transaction.ts";
import { DirectoryWatch } from "../disk/directory-watch.ts";
import type { FileSystem } from "../disk/durable-file.ts";
import type { Inbox, InboxFile } from "./inbox.ts";

/** For systems that do not report changes; well within the second in which a cancel must reach its action. */
const POLL_MS = 250;

/** The inbox from the point of view of the mutex's holder: detects new requests on its own and removes the files of fulfilled ones. */
export class PendingRequests {
  readonly #inbox: Inbox;
  readonly #isFulfilled: (id: string) => boolean;
  readonly #watch: DirectoryWatch;
  readonly #poll: NodeJS.Timeout;
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Map<string, TaskRequest>();
  readonly #fileOf = new Map<string, InboxFile>();
  readonly #announced = new Set<string>();
  /** Names of files that this holder has removed or is removing. */
  readonly #removed = new Set<string>();
  readonly #removals = new Set<Promise<void>>();
  #stale = true;
  #looking = false;
  #closed = false;

  constructor(fs: FileSystem, inbox: Inbox, isFulfilled: (id: string) => boolean) {
    this.#inbox = inbox;
    this.#isFulfilled = isFulfilled;
    this.#watch = new DirectoryWatch(fs, inbox.directory, (name) => this.#noticed(name));
    this.#watch.start();
    this.#poll = setInterval(() => {
      this.#watch.start();
      void this.#look();
    }, POLL_MS).unref();
  }

  /** True if there may be some; costs nothing. */
  get any(): boolean {
    return this.#stale || this.#pending.size > 0;
  }

  /** Oldest first. @throws StoreError */
  async take(): Promise<readonly TaskRequest[]> {
    this.#stale = false;
    try {
      await this.#read();
    } catch (error) {
      this.#stale = true;
      throw error;
    }
    for (const id of this.#pending.keys()) this.#announced.add(id);
    return [...this.#pending.values()];
  }

  onRequest(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Records that the transaction fulfilling this request was appended. */
  fulfil(id: string): void {
    this.#pending.delete(id);
  }

  /** Records that the transactions fulfilling these requests are stored. A file is removed once all of its requests are. Does not wait. */
  forget(ids: readonly string[]): void {
    for (const id of ids) {
      const file = this.#fileOf.get(id);
      if (!file?.requests.every((request) => this.#isFulfilled(request.id))) continue;
      this.#remove(file);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    this.#watch.stop();
    this.#listeners.clear();
    await Promise.all(this.#removals);
  }

  async #read(): Promise<void> {
    const { files } = await this.#inbox.read();
    for (const file of files) {
      if (this.#removed.has(file.name)) continue;
      const open = file.requests.filter((request) => !this.#isFulfilled(request.id));
      // An earlier holder was killed between the transaction and the removal.
      if (open.length === 0) this.#remove(file);
      for (const request of open) {
        this.#pending.set(request.id, request);
        this.#fileOf.set(request.id, file);
      }
    }
  }

  #remove(file: InboxFile): void {
    if (this.#removed.has(file.name)) return;
    this.#removed.add(file.name);
    for (const { id } of file.requests) this.#fileOf.delete(id);
    // A remaining file is harmless: its requests are known to be fulfilled.
    const removal: Promise<void> = this.#inbox
      .remove(file.name)
      .catch(() => {})
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  #noticed(name: string | null): void {
    if (name !== null && (!name.endsWith(".json") || this.#removed.has(name) || this.#inbox.knows(name))) return;
    this.#stale = true;
    void this.#look();
  }

  /** Looks for new requests and reports them once. */
  async #look(): Promise<void> {
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    try {
      do {
        this.#stale = false;
        await this.#read();
      } while (this.#stale && !this.#closed);
    } catch {
      // `take` will hit the same error, and its caller handles it.
      this.#stale = true;
    } finally {
      this.#looking = false;
    }
    const news = [...this.#pending.keys()].filter((id) => !this.#announced.has(id));
    if (news.length === 0 || this.#closed) return;
    for (const id of news) this.#announced.add(id);
    for (const listener of [...this.#listeners]) listener();
  }
}
