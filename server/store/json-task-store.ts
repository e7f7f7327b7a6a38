import { randomUUID } from "node:crypto";
import * as nodeFileSystem from "node:fs";
import { join } from "node:path";
import { StoreError } from "./contract/store-error.ts";
import type { HistoryEntry } from "./contract/task-record.ts";
import type { HistoryOptions, StoreSnapshot, StoreWriter, TaskStore } from "./contract/task-store.ts";
import type { RequestBody } from "./contract/transaction.ts";
import type { FileSystem } from "./disk/durable-file.ts";
import { refuseLink } from "./disk/links.ts";
import { prepareStoreDirectory } from "./disk/prepare-directory.ts";
import { StoreWatch } from "./disk/store-watch.ts";
import { SyncFailures } from "./disk/sync-failures.ts";
import { Inbox } from "./inbox/inbox.ts";
import { InboxView } from "./inbox/inbox-view.ts";
import { HistoryFile } from "./journal/history-file.ts";
import { JournalReader } from "./journal/journal-reader.ts";
import { type EndedTask, endedKey } from "./journal/journal-state.ts";
import type { JsonStoreWriter } from "./json-store-writer.ts";
import { type MutexHolder, TickMutex } from "./mutex/tick-mutex.ts";
import { openWriter } from "./open-writer.ts";

/**
 * `power`: acknowledged changes survive a power cut. `process`: they survive a killed process, but a power cut may take the last moments.
 */
export type Durability = "power" | "process";

export interface JsonTaskStoreOptions {
  /** Default `power`. */
  readonly durability?: Durability;
  /**
   * Default true. `false`: a missing directory is created only by `acquire` or `submit`, so that merely reading writes nothing.
   */
  readonly create?: boolean;
  /** Replaces `node:fs` in tests that make disks fail. @internal */
  readonly nodeFs?: FileSystem;
}

/** Stores tasks in a directory of text files: `tasks.jsonl`, `history.jsonl`, `inbox/`, `tick.lock/` (docs/architecture.md). */
export class JsonTaskStore implements TaskStore {
  readonly #fs: FileSystem;
  readonly #durable: boolean;
  readonly #journalPath: string;
  readonly #reader: JournalReader;
  readonly #syncFailures: SyncFailures;
  readonly #history: HistoryFile;
  readonly #inbox: Inbox;
  readonly #requests: InboxView;
  readonly #mutex: TickMutex;
  readonly #watches = new Set<StoreWatch>();
  #writer: JsonStoreWriter | null = null;
  /** Serializes everything that reads or repairs files. */
  #queue: Promise<unknown> = Promise.resolve();
  #prepared: Promise<void> | undefined;
  #knownVersion: Promise<void> | undefined;
  #closed = false;

  private constructor(
    readonly directory: string,
    { durability = "power", nodeFs = nodeFileSystem }: JsonTaskStoreOptions,
  ) {
    this.#fs = nodeFs;
    this.#durable = durability === "power";
    this.#journalPath = join(directory, "tasks.jsonl");
    this.#reader = new JournalReader(nodeFs, this.#journalPath);
    this.#syncFailures = new SyncFailures(nodeFs, directory);
    this.#history = new HistoryFile(nodeFs, directory, { syncFailures: this.#syncFailures });
    this.#inbox = new Inbox(nodeFs, join(directory, "inbox"), this.#durable);
    this.#requests = new InboxView(nodeFs, this.#inbox.directory);
    this.#mutex = new TickMutex(nodeFs, join(directory, "tick.lock"));
  }

  /**
   * Opens the store in a directory, by convention `<workspace>/.background-tasks`, creating it if necessary. Does not repair anything; the
   * holder of the mutex does.
   *
   * @throws StoreError
   */
  static async open(directory: string, options: JsonTaskStoreOptions = {}): Promise<JsonTaskStore> {
    const store = new JsonTaskStore(directory, options);
    if (options.create !== false) await store.#prepare();
    return store;
  }

  acquire(): Promise<StoreWriter | null> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      if (this.#writer) return null;
      await this.#prepare();
      const writer = await openWriter({
        fs: this.#fs,
        directory: this.directory,
        journalPath: this.#journalPath,
        durable: this.#durable,
        reader: this.#reader,
        history: this.#history,
        syncFailures: this.#syncFailures,
        inbox: this.#inbox,
        mutex: this.#mutex,
        finish: (work) =>
          this.#inTurn(async () => {
            this.#writer = null;
            await work();
          }),
      });
      this.#writer = writer;
      return writer;
    });
  }

  read(): Promise<StoreSnapshot> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      // In this order, a request that is being fulfilled appears as the request or as its effect, never as neither.
      const requests = await this.#requests.read();
      await this.#follow();
      const { view, fulfilled } = this.#reader.state;
      return {
        tasks: [...view.tasks()],
        damaged: view.damaged(),
        schedules: view.schedules(),
        requests: requests.filter(({ id }) => !fulfilled.has(id)),
      };
    });
  }

  async submit(body: RequestBody): Promise<string> {
    this.#requireOpen();
    await this.#prepare();
    await this.#requireKnownVersion();
    const request = { id: randomUUID(), at: new Date().toISOString(), body };
    await this.#inbox.submit(request);
    return request.id;
  }

  history({ limit = Number.POSITIVE_INFINITY, onDamaged }: HistoryOptions = {}): Promise<readonly HistoryEntry[]> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      const unrecorded = await this.#endedButUnrecorded();
      const ended = new Map(unrecorded.map((task) => [endedKey(task.seq, task.entry.id), task]));
      for await (const recorded of this.#history.entries(onDamaged)) {
        if (ended.size >= limit + unrecorded.length) break;
        ended.set(endedKey(recorded.seq, recorded.entry.id), recorded);
      }
      return [...ended.values()]
        .sort((a, b) => b.seq - a.seq)
        .slice(0, limit)
        .map(({ entry }) => entry);
    });
  }

  watch(onChange: () => void): () => void {
    this.#requireOpen();
    const watch = new StoreWatch(this.#fs, this.directory, onChange);
    this.#watches.add(watch);
    return () => {
      watch.stop();
      this.#watches.delete(watch);
    };
  }

  /** The current holder of the mutex, for messages. @throws StoreError */
  mutexHolder(): Promise<MutexHolder | null> {
    return this.#mutex.holder();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const watch of this.#watches) watch.stop();
    this.#watches.clear();
    await this.#queue;
    await this.#writer?.release();
    await this.#queue;
    await this.#inbox.close();
  }

  /** Before the first thing that is written. */
  #prepare(): Promise<void> {
    this.#prepared ??= prepareStoreDirectory(this.#fs, this.directory, this.#durable)
      .then(() => refuseLink(this.#fs, this.#inbox.directory))
      .catch((error: unknown) => {
        this.#prepared = undefined;
        throw error;
      });
    return this.#prepared;
  }

  /** Requests to a store of a newer version would be left for a version that may not understand them. */
  #requireKnownVersion(): Promise<void> {
    this.#knownVersion ??= this.#reader.requireKnownVersion().catch((error: unknown) => {
      this.#knownVersion = undefined;
      throw error;
    });
    return this.#knownVersion;
  }

  /** Updates the state from the file. */
  async #follow(): Promise<void> {
    if (this.#writer && !this.#writer.failed) return this.#writer.writeOut();
    // The failed writer's state contains what could not be written, but the store does not.
    if (this.#writer) this.#reader.reset();
    await this.#reader.refresh();
  }

  /** After a crash, or while a writer is working, the journal may hold ended tasks that the history does not have yet. */
  async #endedButUnrecorded(): Promise<readonly EndedTask[]> {
    await this.#follow();
    const { endedAfter, ended: keys } = this.#reader.state;
    const { keys: recorded, completeFrom } = await this.#history.recordedAfter(endedAfter);
    const missing = new Set([...keys].filter((key) => !recorded.has(key) && Number.parseInt(key, 10) >= completeFrom));
    if (missing.size === 0) return [];
    const found: EndedTask[] = [];
    const again = new JournalReader(this.#fs, this.#journalPath);
    await again.refresh({
      onEnded: (ended) => {
        if (missing.has(endedKey(ended.seq, ended.entry.id))) found.push(ended);
      },
    });
    return found;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  #requireOpen(): void {
    if (this.#closed) throw new StoreError("closed", "The store is closed.");
  }
}
