import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { TaskRequest } from "../contract/transaction.ts";
import { DirectoryWatch } from "../disk/directory-watch.ts";
import type { FileSystem } from "../disk/durable-file.ts";
import { setAside } from "../disk/set-aside.ts";
import type { Inbox } from "./inbox.ts";
import { type DamagedRequests, InboxReader, type ReadRequest } from "./inbox-reader.ts";
import { compareOrders, holdsRequests, isSegment, machineOf } from "./request-codec.ts";
import type { SegmentReader } from "./segment-reader.ts";
import { SEGMENT_BYTES } from "./segment-writer.ts";
import { thisMachine } from "./this-machine.ts";

/** For systems that do not report changes; well within the second in which a cancel must reach its action. */
const POLL_MS = 250;
/** After a look, rest this many times as long as it took: a directory of 100,000 files takes a while to list. */
const REST = 4;
/** Read at once, so that requests take little memory, however many there are. */
const BATCH = 500;
/** Files removed at the same time, in the thread pool: a busy disk may keep each of them for long. */
const REMOVALS = 64;
/** How long the end of a tick waits for files to be removed; the next holder removes the rest. */
const LAST_REMOVALS_MS = 1_000;
/** Age of a segment of another machine at which its process certainly no longer appends to it. */
const FOREIGN_MS = 10 * 60_000;

/** A file of which at least one request was read. */
interface OpenFile {
  readonly fulfilled: string[];
  open: number;
}

/** The inbox from the point of view of the mutex's holder: detects new requests on its own and removes the files of fulfilled ones. */
export class PendingRequests {
  readonly #fs: FileSystem;
  readonly #inbox: Inbox;
  readonly #storeDirectory: string;
  readonly #warnings: string[];
  readonly #reader: InboxReader;
  readonly #isFulfilled: (id: string) => boolean;
  readonly #watch: DirectoryWatch;
  readonly #poll: NodeJS.Timeout;
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Map<string, ReadRequest>();
  readonly #files = new Map<string, OpenFile>();
  /** The files in which each request stands; more than one if its process had to write it again. */
  readonly #filesOf = new Map<string, readonly string[]>();
  /** Names of files that this holder has removed or is removing, and the requests that were in them. */
  readonly #removed = new Set<string>();
  readonly #removedRequests = new Set<string>();
  readonly #toRemove: string[] = [];
  #removal: Promise<void> | undefined;
  /** On the clock of `performance`. */
  #removeUntil = Number.POSITIVE_INFINITY;
  /** Serializes reading. */
  #turn: Promise<unknown> = Promise.resolve();
  #stale = true;
  #isLooking = false;
  #restUntil = 0;
  #soon: NodeJS.Timeout | undefined;
  /** What the reader had found at the last report. */
  #announced = 0;
  #closed = false;

  /** @param warnings gets a message for each damaged request. */
  constructor(
    fs: FileSystem,
    {
      inbox,
      directory,
      warnings,
      isFulfilled,
    }: { inbox: Inbox; directory: string; warnings: string[]; isFulfilled: (id: string) => boolean },
  ) {
    this.#fs = fs;
    this.#inbox = inbox;
    this.#storeDirectory = directory;
    this.#warnings = warnings;
    this.#isFulfilled = isFulfilled;
    this.#reader = new InboxReader(fs, inbox.directory);
    this.#watch = new DirectoryWatch(fs, inbox.directory, (name) => this.#noticed(name));
    this.#watch.start();
    this.#poll = setInterval(() => {
      this.#watch.start();
      this.#lookSoon();
    }, POLL_MS).unref();
  }

  /** True if there may be some; costs nothing. */
  get any(): boolean {
    return this.hasMore || this.#pending.size > 0;
  }

  /** True if there may be some that `take` has not returned yet. */
  get hasMore(): boolean {
    return this.#stale || this.#reader.hasMore;
  }

  /** Returns those returned before and still not fulfilled, and a batch of further ones; oldest first. @throws StoreError */
  take(): Promise<readonly TaskRequest[]> {
    return this.#inTurn(async () => {
      if (this.#stale) await this.#refresh();
      let added = 0;
      while (added < BATCH && this.#reader.hasMore) {
        const { requests, damaged } = await this.#reader.read(BATCH - added);
        await this.#setAside(damaged);
        for (const read of requests) if (this.#add(read)) added++;
        for (const name of new Set(requests.map(({ file }) => file))) this.#removeIfDone(name, this.#files.get(name));
      }
      return this.#inOrder().map(({ request }) => request);
    });
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
      const names = this.#filesOf.get(id) ?? [];
      this.#filesOf.delete(id);
      for (const name of names) {
        const file = this.#files.get(name);
        if (!file) continue;
        file.open--;
        file.fulfilled.push(id);
        this.#removeIfDone(name, file);
      }
    }
  }

  /** Those of the fulfilled requests whose files may still exist. */
  *stillThere(fulfilled: Iterable<string>): Iterable<string> {
    // What was never read may be there.
    const hasReadAll = !this.hasMore;
    const present = new Set([...this.#files.values()].flatMap((file) => file.fulfilled));
    for (const id of fulfilled) if (hasReadAll ? present.has(id) : !this.#removedRequests.has(id)) yield id;
  }

  /** Removes what is fulfilled. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#soon);
    this.#watch.stop();
    this.#listeners.clear();
    this.#removeUntil = performance.now() + LAST_REMOVALS_MS;
    await this.#inTurn(() => this.#endSegments()).catch(() => {});
    await this.#removal;
  }

  /** True if the request is open and was not read before. */
  #add(read: ReadRequest): boolean {
    const { id } = read.request;
    const file = this.#files.get(read.file) ?? { fulfilled: [], open: 0 };
    this.#files.set(read.file, file);
    const elsewhere = this.#filesOf.get(id);
    if (!elsewhere && this.#isFulfilled(id)) {
      // An earlier holder was killed between the transaction and the removal.
      file.fulfilled.push(id);
      return false;
    }
    file.open++;
    this.#filesOf.set(id, [...(elsewhere ?? []), read.file]);
    if (!elsewhere) this.#pending.set(id, read);
    return !elsewhere;
  }

  /** A process whose clock is behind may submit something that is older than what was read before. */
  #inOrder(): readonly ReadRequest[] {
    const pending = [...this.#pending.values()];
    if (pending.every(({ order }, index) => compareOrders(pending[index - 1]?.order ?? order, order) <= 0)) return pending;
    pending.sort((a, b) => compareOrders(a.order, b.order));
    this.#pending.clear();
    for (const read of pending) this.#pending.set(read.request.id, read);
    return pending;
  }

  /** Saves what is damaged before its file is removed. */
  async #setAside(damaged: readonly DamagedRequests[]): Promise<void> {
    const saved = damaged.filter(({ bytes }) => bytes !== undefined);
    if (saved.length > 0) {
      const path = await setAside(
        this.#fs,
        this.#storeDirectory,
        saved.flatMap(({ bytes }) => bytes ?? []),
      );
      const file = join("inbox", saved[0]?.file ?? "");
      const what = saved.length === 1 ? `A request in ${file}` : `${saved.length} requests in inbox, the first in ${file},`;
      this.#warnings.push(`${what} could not be read; see ${path}.`);
    }
    for (const { file, bytes } of damaged) {
      if (bytes === undefined) this.#warnings.push(`${join("inbox", file)} is not a file of requests and was ignored. Remove it.`);
      else if (!isSegment(file)) this.#remove(file);
    }
  }

  #removeIfDone(name: string, file: OpenFile | undefined): void {
    if (!file || file.open > 0 || this.#removed.has(name)) return;
    const segment = this.#reader.segment(name);
    if (!segment) this.#remove(name);
    // Its process has begun another one. The others end with this holder, so that their processes need not begin one each time.
    else if (segment.size >= SEGMENT_BYTES && !segment.hasMore) void this.#inTurn(() => this.#end(segment)).catch(() => {});
  }

  async #endSegments(): Promise<void> {
    for (const segment of [...this.#reader.segments]) await this.#end(segment);
  }

  /** Removes the segment if all of its requests are fulfilled, including those that its process appends meanwhile. */
  async #end(segment: SegmentReader): Promise<void> {
    const { name } = segment;
    if (segment.hasMore || (this.#files.get(name)?.open ?? 0) > 0) return;
    if (machineOf(name) === thisMachine()) {
      segment.seal();
      const damaged: DamagedRequests[] = [];
      const further = segment.first((bytes) => damaged.push({ file: name, bytes }));
      await this.#setAside(damaged);
      if (further) return;
    } else if (Date.now() - segment.changedAt < FOREIGN_MS) return;
    this.#remove(name);
  }

  #remove(name: string): void {
    if (this.#removed.has(name)) return;
    this.#removed.add(name);
    this.#toRemove.push(name);
    this.#removal ??= this.#removeAll();
  }

  async #removeAll(): Promise<void> {
    await undefined;
    while (this.#toRemove.length > 0 && performance.now() < this.#removeUntil) {
      await Promise.all(this.#toRemove.splice(-REMOVALS).map((name) => this.#removeNow(name)));
    }
    this.#removal = undefined;
  }

  async #removeNow(name: string): Promise<void> {
    try {
      await this.#inbox.remove(name);
    } catch {
      // A remaining file is harmless: its requests are known to be fulfilled.
      return;
    }
    for (const id of this.#files.get(name)?.fulfilled ?? []) this.#removedRequests.add(id);
    this.#files.delete(name);
    this.#reader.forget(name);
  }

  #noticed(name: string | null): void {
    if (name !== null) {
      if (!holdsRequests(name) || this.#removed.has(name)) return;
      if (!isSegment(name) && this.#reader.knows(name)) return;
      // It may have become longer since it was reported.
      if (isSegment(name)) this.#announced = 0;
    }
    this.#stale = true;
    this.#lookSoon();
  }

  #lookSoon(): void {
    if (this.#isLooking || this.#closed) return;
    const rest = this.#restUntil - performance.now();
    if (rest <= 0) void this.#look();
    else this.#soon ??= setTimeout(() => void this.#look(), rest).unref();
  }

  /** Looks for new requests and reports once that there are some. */
  async #look(): Promise<void> {
    if (this.#isLooking || this.#closed) return;
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#isLooking = true;
    const start = performance.now();
    // If this fails, `take` will hit the same error, and its caller handles it.
    await this.#inTurn(() => this.#refresh()).catch(() => {});
    const end = performance.now();
    this.#restUntil = end + REST * (end - start);
    this.#isLooking = false;
    if (this.#closed) return;
    const { found } = this.#reader;
    if (found > this.#announced && this.#reader.hasMore) for (const listener of [...this.#listeners]) listener();
    this.#announced = found;
    if (this.#stale) this.#lookSoon();
  }

  async #refresh(): Promise<void> {
    this.#stale = false;
    try {
      await this.#reader.look();
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}
