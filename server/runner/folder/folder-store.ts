import { stat } from "node:fs/promises";
import { type HistoryEntry, JsonTaskStore, type RequestBody, type StoreSnapshot } from "../../store/index.ts";
import { storeDirectory } from "../../workspace/index.ts";

const EMPTY: StoreSnapshot = { tasks: [], damaged: [], schedules: [], requests: [] };

/** The process that is ticking. */
export interface TickOwner {
  readonly fence: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** Read-only view of a folder's store; never creates one. Empty if there is none. */
export class FolderStore {
  readonly directory: string;
  #store: JsonTaskStore | undefined;
  #opening: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(folder: string) {
    this.directory = storeDirectory(folder);
  }

  /** Calls back when something may have changed, in any process. */
  watch(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  /** Opens the store if it exists by now. @throws StoreError */
  async attach(): Promise<void> {
    if (this.#store || this.#isClosed) return;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async read(): Promise<StoreSnapshot> {
    await this.attach();
    return this.#store?.read() ?? EMPTY;
  }

  async history(options?: { readonly limit?: number }): Promise<readonly HistoryEntry[]> {
    await this.attach();
    return this.#store?.history(options) ?? [];
  }

  /** Only called for a stored task, so the store exists. */
  async submit(body: RequestBody): Promise<void> {
    await this.attach();
    await this.#store?.submit(body);
  }

  /** The process that is currently ticking, if any. */
  async mutexHolder(): Promise<TickOwner | null> {
    const holder = await this.#store?.mutexHolder();
    return holder ? { fence: holder.fence, since: holder.since } : null;
  }

  /** The file that records an owner of the mutex of which it is not certain whether it still runs. @throws StoreError */
  async doubtfulClaim(): Promise<string | undefined> {
    const holder = await this.#store?.mutexHolder();
    return holder?.verifiable === false ? holder.file : undefined;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#opening;
    await this.#store?.close();
  }

  async #open(): Promise<void> {
    const isThere = await stat(this.directory).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere) return;
    const store = await JsonTaskStore.open(this.directory, { create: false });
    store.watch(() => this.#changed());
    this.#store = store;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
