import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { StoreError } from "./contract/store-error.ts";
import type { StoreWriter } from "./contract/task-store.ts";
import type { TaskView } from "./contract/task-view.ts";
import type { TaskRequest, Transaction } from "./contract/transaction.ts";
import type { PendingRequests } from "./inbox/pending-requests.ts";
import type { HistoryFile } from "./journal/history-file.ts";
import { encodeLine, requireReadable } from "./journal/journal-codec.ts";
import type { JournalFile } from "./journal/journal-file.ts";
import type { EndedTask, JournalState } from "./journal/journal-state.ts";
import type { Claim } from "./mutex/tick-mutex.ts";

/** Writing in place never yields to the event loop; timers, signals and requests may have to wait this long. */
const TURN_MS = 10;

/** What the writer works with; created and disposed of by the store. */
export interface WriterParts {
  readonly claim: Claim;
  readonly warnings: readonly string[];
  readonly state: JournalState;
  readonly journal: JournalFile;
  readonly history: HistoryFile;
  readonly requests: PendingRequests;
  /** Whether `flush` makes durable, unless overridden. */
  readonly durable: boolean;
  /** Cleans up and releases the mutex, with everything flushed or after a failed write. */
  readonly finish: () => Promise<void>;
}

/** What must happen once a transaction is stored. */
interface Consequence {
  readonly seq: number;
  readonly ended: readonly EndedTask[];
  readonly request: string | undefined;
}

export class JsonStoreWriter implements StoreWriter {
  readonly #parts: WriterParts;
  #consequences: Consequence[] = [];
  /** Ended tasks stored in the journal but not yet in the history. */
  #unrecorded: EndedTask[] = [];
  #historyFailed = false;
  #lastTurn = performance.now();
  #release: Promise<void> | undefined;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  get fence(): number {
    return this.#parts.claim.number;
  }

  get warnings(): readonly string[] {
    return this.#parts.warnings;
  }

  task(id: string) {
    return this.#parts.state.view.task(id);
  }

  tasks() {
    return this.#parts.state.view.tasks();
  }

  tasksWith(...kind: Parameters<TaskView["tasksWith"]>) {
    return this.#parts.state.view.tasksWith(...kind);
  }

  damaged() {
    return this.#parts.state.view.damaged();
  }

  schedule(name: string) {
    return this.#parts.state.view.schedule(name);
  }

  append(transaction: Transaction): void {
    this.#requireOpen();
    const { state, journal, requests } = this.#parts;
    journal.requireSound();
    const seq = state.seq + 1;
    const line = encodeLine(seq, transaction);
    requireReadable(line);
    const ended = state.apply(seq, transaction);
    journal.append(line, seq);
    const { request } = transaction;
    if (request !== undefined) requests.fulfil(request);
    if (ended.length > 0 || request !== undefined) this.#consequences.push({ seq, ended, request });
  }

  async flush({ durable = true }: { readonly durable?: boolean } = {}): Promise<void> {
    this.#requireOpen();
    const stored = this.#store(durable);
    if (stored) await stored;
    this.#settle();
    if (performance.now() - this.#lastTurn < TURN_MS) return;
    this.#record();
    await nextTurn();
    this.#lastTurn = performance.now();
  }

  /** Makes everything appended visible to other processes. @throws StoreError */
  writeOut(): void {
    this.#parts.journal.write();
  }

  get failed(): boolean {
    return this.#parts.journal.failed;
  }

  /** True if the history holds every ended task; only then may the journal forget them. */
  get isRecorded(): boolean {
    return this.#unrecorded.length === 0 && this.#consequences.length === 0;
  }

  get hasRequests(): boolean {
    return this.#parts.requests.any;
  }

  get hasMoreRequests(): boolean {
    return this.#parts.requests.hasMore;
  }

  async takeRequests(): Promise<readonly TaskRequest[]> {
    this.#requireOpen();
    return this.#parts.requests.take();
  }

  onRequest(listener: () => void): () => void {
    return this.#parts.requests.onRequest(listener);
  }

  release(): Promise<void> {
    this.#release ??= this.#finish();
    return this.#release;
  }

  /** Returns nothing to wait for if the operating system has it at once. */
  #store(durable: boolean): Promise<void> | undefined {
    const { journal, durable: atPower } = this.#parts;
    if (atPower && durable) return journal.sync();
    journal.write();
    return undefined;
  }

  /** History and inbox are updated once changes are stored as safely as configured. */
  #settle(): void {
    if (this.#consequences.length === 0) return;
    const { journal, durable } = this.#parts;
    const seq = durable ? journal.durable : journal.written;
    const count = this.#consequences.findIndex((consequence) => consequence.seq > seq);
    const settled = this.#consequences.splice(0, count < 0 ? this.#consequences.length : count);
    for (const { ended } of settled) this.#unrecorded.push(...ended);
    this.#parts.requests.forget(settled.map((consequence) => consequence.request).filter((request) => request !== undefined));
  }

  /** Several at a time: nothing waits for it, because readers of the history also look into the journal. */
  #record(): void {
    if (this.#unrecorded.length === 0 || this.#historyFailed) return;
    try {
      this.#parts.claim.requireHeld();
      this.#parts.history.append(this.#unrecorded);
      this.#unrecorded = [];
    } catch {
      // The journal still has them; the next holder of the mutex records them.
      this.#historyFailed = true;
    }
  }

  async #finish(): Promise<void> {
    try {
      if (!this.failed) {
        await this.#store(true);
        this.#settle();
      }
      this.#record();
    } finally {
      await this.#parts.finish();
    }
  }

  #requireOpen(): void {
    if (this.#release) throw new StoreError("closed", "The mutex was released: this writer can no longer write.");
  }
}
