import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FileSystem } from "../disk/durable-file.ts";
import { guarded, isMissing } from "../disk/storage-error.ts";
import { openToRead } from "./open-to-read.ts";
import { compareOrders, decodeFile, holdsRequests, isSegment, orderInName, type SubmittedRequest } from "./request-codec.ts";
import { SegmentReader } from "./segment-reader.ts";

/** Files are read in place, because a hop through the thread pool costs several times as much; nothing else waits longer than this. */
const TURN_MS = 10;
/** A directory may change again without getting another time of change, because that is only so fine. */
const SETTLED_MS = 1_000;
/** Larger files are refused. */
const FILE_BYTES = 1 << 28;

export interface ReadRequest extends SubmittedRequest {
  /** The name of its file. */
  readonly file: string;
}

export interface DamagedRequests {
  readonly file: string;
  /** The whole file, or a line of a segment; `undefined` if it is not even a file. */
  readonly bytes: Buffer | undefined;
}

export interface ReadRequests {
  readonly requests: readonly ReadRequest[];
  readonly damaged: readonly DamagedRequests[];
}

/** Reads each request in the inbox once, oldest first, as many at a time as are wanted. One call at a time. */
export class InboxReader {
  readonly #fs: FileSystem;
  readonly #directory: string;
  readonly #known = new Set<string>();
  /** Names of files that were not opened yet, sorted; those before `#next` are done. */
  #unopened: string[] = [];
  #next = 0;
  #found = 0;
  readonly #segments = new Map<string, SegmentReader>();
  #listed: { readonly time: bigint; readonly since: number } | undefined;

  constructor(fs: FileSystem, directory: string) {
    this.#fs = fs;
    this.#directory = directory;
  }

  /** True if `look` has found something that `read` has not returned yet. */
  get hasMore(): boolean {
    if (this.#next < this.#unopened.length) return true;
    for (const segment of this.#segments.values()) if (segment.hasMore) return true;
    return false;
  }

  /** Grows when `look` finds something new. */
  get found(): number {
    return this.#found;
  }

  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** A segment that was opened. */
  segment(name: string): SegmentReader | undefined {
    return this.#segments.get(name);
  }

  get segments(): Iterable<SegmentReader> {
    return this.#segments.values();
  }

  /** Looks for new files, longer segments and files that are gone. Costs little if nothing has changed. @throws StoreError */
  async look(): Promise<void> {
    await guarded("read", this.#directory, async () => {
      if (await this.#hasChanged()) this.#list(await this.#names());
      for (const segment of this.#segments.values()) if (segment.look()) this.#found++;
    });
  }

  /** Reads about as many requests, fewer only if there are no more. @throws StoreError */
  async read(limit: number): Promise<ReadRequests> {
    const requests: ReadRequest[] = [];
    const damaged: DamagedRequests[] = [];
    let turn = performance.now();
    await guarded("read", this.#directory, async () => {
      while (requests.length + damaged.length < limit) {
        const oldest = this.#oldestSegment(damaged);
        const name = this.#unopened[this.#next];
        if (name !== undefined && !(oldest && compareOrders(oldest.first.order, orderInName(name)) <= 0))
          this.#open(name, requests, damaged);
        else if (oldest) {
          oldest.segment.take();
          requests.push({ ...oldest.first, file: oldest.segment.name });
        } else break;
        if (performance.now() - turn < TURN_MS) continue;
        await nextTurn();
        turn = performance.now();
      }
    });
    return { requests, damaged };
  }

  /** Forgets a file that the caller has removed. */
  forget(name: string): void {
    this.#known.delete(name);
    this.#segments.delete(name);
  }

  async #hasChanged(): Promise<boolean> {
    const stats = await this.#fs.promises.stat(this.#directory, { bigint: true }).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const time = stats?.mtimeNs ?? -1n;
    const now = performance.now();
    if (this.#listed?.time === time) return now - this.#listed.since < SETTLED_MS;
    this.#listed = { time, since: now };
    return true;
  }

  async #names(): Promise<readonly string[]> {
    return this.#fs.promises.readdir(this.#directory).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  }

  #list(names: readonly string[]): void {
    const present = new Set(names.filter(holdsRequests));
    for (const name of this.#known) if (!present.has(name)) this.forget(name);
    const added = [...present].filter((name) => !this.#known.has(name));
    if (added.length === 0) return;
    this.#found += added.length;
    for (const name of added) this.#known.add(name);
    this.#unopened = [...this.#unopened.slice(this.#next), ...added].sort();
    this.#next = 0;
  }

  /** Of the open segments, the one whose next request is the oldest. */
  #oldestSegment(damaged: DamagedRequests[]): { readonly segment: SegmentReader; readonly first: SubmittedRequest } | undefined {
    let oldest: { readonly segment: SegmentReader; readonly first: SubmittedRequest } | undefined;
    for (const segment of this.#segments.values()) {
      const first = segment.first((bytes) => damaged.push({ file: segment.name, bytes }));
      if (first && !(oldest && compareOrders(oldest.first.order, first.order) <= 0)) oldest = { segment, first };
    }
    return oldest;
  }

  #open(name: string, requests: ReadRequest[], damaged: DamagedRequests[]): void {
    this.#next++;
    if (!this.#known.has(name)) return;
    const path = join(this.#directory, name);
    if (isSegment(name)) {
      this.#segments.set(name, new SegmentReader(this.#fs, path, name));
      return;
    }
    const bytes = this.#readFile(path);
    if (bytes === undefined && !this.#fs.lstatSync(path, { throwIfNoEntry: false })) return;
    const read = bytes && decodeFile(bytes);
    const order = orderInName(name);
    if (read) for (const request of read) requests.push({ order, request, file: name });
    else damaged.push({ file: name, bytes });
  }

  /** `undefined` if it is gone, not a file, or too large. */
  #readFile(path: string): Buffer | undefined {
    const fd = openToRead(this.#fs, path);
    if (fd === undefined) return undefined;
    try {
      return this.#fs.fstatSync(fd).size <= FILE_BYTES ? this.#fs.readFileSync(fd) : undefined;
    } finally {
      this.#fs.closeSync(fd);
    }
  }
}
