import { randomUUID } from "node:crypto";
import { StoreError } from "./contract/store-error.ts";
import type { HistoryEntry } from "./contract/task-record.ts";
import type { HistoryOptions, StoreSnapshot, StoreWriter, TaskStore } from "./contract/task-store.ts";
import { TaskView } from "./contract/task-view.ts";
import type { RequestBody, TaskRequest, Transaction } from "./contract/transaction.ts";

/** A store that lasts as long as the object: for tests of task classes, and for programs that need nothing more. */
export class MemoryTaskStore implements TaskStore {
  readonly #view = new TaskView();
  readonly #requests = new Map<string, TaskRequest>();
  readonly #history: HistoryEntry[] = [];
  readonly #watchers = new Set<() => void>();
  #fence = 0;
  #writer: MemoryWriter | null = null;
  #closed = false;

  async acquire(): Promise<StoreWriter | null> {
    this.#requireOpen();
    if (this.#writer) return null;
    const store: WriterAccess = {
      commit: (transactions) => this.#commit(transactions),
      requests: () => [...this.#requests.values()],
      watch: (listener) => this.watch(listener),
      released: () => {
        this.#writer = null;
      },
    };
    this.#writer = new MemoryWriter(++this.#fence, this.#view.clone(), store);
    return this.#writer;
  }

  async read(): Promise<StoreSnapshot> {
    this.#requireOpen();
    return {
      tasks: [...this.#view.tasks()],
      damaged: this.#view.damaged(),
      schedules: this.#view.schedules(),
      requests: [...this.#requests.values()],
    };
  }

  async submit(body: RequestBody): Promise<string> {
    this.#requireOpen();
    const request = { id: randomUUID(), at: new Date().toISOString(), body };
    this.#requests.set(request.id, request);
    this.#notify();
    return request.id;
  }

  async history({ limit = Number.POSITIVE_INFINITY }: HistoryOptions = {}): Promise<readonly HistoryEntry[]> {
    this.#requireOpen();
    return this.#history.toReversed().slice(0, limit);
  }

  watch(onChange: () => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  async close(): Promise<void> {
    await this.#writer?.release();
    this.#closed = true;
    this.#watchers.clear();
  }

  /** Simulates a killed writer: everything not flushed is gone, and the mutex is free. For tests of recovery. */
  simulateCrash(): void {
    this.#writer?.abandon();
    this.#writer = null;
  }

  #commit(transactions: readonly Transaction[]): void {
    for (const transaction of transactions) {
      this.#history.push(...this.#view.applyTransaction(transaction));
      if (transaction.request) this.#requests.delete(transaction.request);
    }
    this.#notify();
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) queueMicrotask(watcher);
  }

  #requireOpen(): void {
    if (this.#closed) throw new StoreError("closed", "The store is closed.");
  }
}

interface WriterAccess {
  commit(transactions: readonly Transaction[]): void;
  requests(): readonly TaskRequest[];
  watch(listener: () => void): () => void;
  released(): void;
}

class MemoryWriter implements StoreWriter {
  readonly warnings: readonly string[] = [];
  readonly #view: TaskView;
  readonly #store: WriterAccess;
  readonly #fulfilled = new Set<string>();
  #pending: Transaction[] = [];
  #open = true;

  constructor(
    readonly fence: number,
    view: TaskView,
    store: WriterAccess,
  ) {
    this.#view = view;
    this.#store = store;
  }

  task(id: string) {
    return this.#view.task(id);
  }

  tasks() {
    return this.#view.tasks();
  }

  tasksWith(...kind: Parameters<TaskView["tasksWith"]>) {
    return this.#view.tasksWith(...kind);
  }

  damaged() {
    return this.#view.damaged();
  }

  schedule(name: string) {
    return this.#view.schedule(name);
  }

  append(transaction: Transaction): void {
    this.#requireOpen();
    this.#view.applyTransaction(transaction);
    if (transaction.request) this.#fulfilled.add(transaction.request);
    this.#pending.push(transaction);
  }

  async flush(): Promise<void> {
    this.#requireOpen();
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length > 0) this.#store.commit(pending);
  }

  get hasRequests(): boolean {
    return this.#store.requests().some((request) => !this.#fulfilled.has(request.id));
  }

  /** All are taken at once. */
  get hasMoreRequests(): boolean {
    return false;
  }

  async takeRequests(): Promise<readonly TaskRequest[]> {
    return this.#store.requests().filter((request) => !this.#fulfilled.has(request.id));
  }

  onRequest(listener: () => void): () => void {
    return this.#store.watch(() => {
      if (this.#open && this.hasRequests) listener();
    });
  }

  async release(): Promise<void> {
    if (!this.#open) return;
    await this.flush();
    this.#open = false;
    this.#store.released();
  }

  abandon(): void {
    this.#open = false;
  }

  #requireOpen(): void {
    if (!this.#open) throw new StoreError("closed", "The mutex was released: this writer can no longer write.");
  }
}
