import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import type { TaskRequest } from "../contract/transaction.ts";
import { type FileSystem, makeDirectory, syncDirectory, writeFileAtomically } from "../disk/durable-file.ts";
import { guarded, isMissing } from "../disk/storage-error.ts";
import { encodeFile, encodeSegmentLine, fileName, nextOrder, type RequestOrder, type SubmittedRequest } from "./request-codec.ts";
import { SEGMENT_BYTES, SegmentWriter } from "./segment-writer.ts";

/** Age at which the files of processes killed while writing a request, which was therefore never acknowledged, are removed. */
const STALE_TEMPORARY_MS = 60_000;
/** A process that submits again within this time uses a segment. */
const SERIES_MS = 1_000;
/** At most so many requests are written by one call, because they are also read together. */
const WRITTEN_TOGETHER = 500;
/** How many segments are tried before requests are written to a file of their own, which reports the error of the disk. */
const ATTEMPTS = 2;

/**
 * The submitting end of the inbox: requests to the holder of the mutex, from any process. A single request is a file of its own, which
 * every version of this package can read; a process that submits one after the other appends them to a segment.
 */
export class Inbox {
  readonly #fs: FileSystem;
  readonly directory: string;
  readonly #durable: boolean;
  #waiting: Waiting[] = [];
  #delivery: Promise<void> | undefined;
  /** On the clock of `performance`. */
  #lastDelivery = Number.NEGATIVE_INFINITY;
  #segment: SegmentWriter | undefined;

  constructor(fs: FileSystem, directory: string, durable: boolean) {
    this.#fs = fs;
    this.directory = directory;
    this.#durable = durable;
  }

  /** Resolves when the request is stored. Those submitted while another is being written are written together. @throws StoreError */
  submit(request: TaskRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order: nextOrder(), request, resolve, reject });
      this.#delivery ??= this.#deliver();
    });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  async make(): Promise<void> {
    await guarded("make", this.directory, async () => {
      const created = await makeDirectory(this.#fs, this.directory);
      if (created && this.#durable) await syncDirectory(this.#fs, dirname(this.directory));
    });
  }

  async remove(name: string): Promise<void> {
    await this.#fs.promises.unlink(this.path(name)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  /** Makes removals survive a power cut; only then may the journal forget which requests were fulfilled. */
  async sync(): Promise<void> {
    await guarded("make durable", this.directory, () => syncDirectory(this.#fs, this.directory)).catch((error: unknown) => {
      if (!isMissing((error as Error).cause)) throw error;
    });
  }

  async removeStaleTemporaries(): Promise<void> {
    for (const name of await this.#fs.promises.readdir(this.directory)) {
      if (!name.endsWith(".tmp")) continue;
      const stats = await this.#fs.promises.stat(this.path(name)).catch(() => undefined);
      if (stats && Date.now() - stats.mtimeMs > STALE_TEMPORARY_MS) await this.#fs.promises.rm(this.path(name), { force: true });
    }
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#delivery;
    this.#segment?.close();
    this.#segment = undefined;
  }

  async #deliver(): Promise<void> {
    // Those submitted in the same turn are written together, too.
    await undefined;
    while (this.#waiting.length > 0) {
      const requests = this.#waiting;
      this.#waiting = [];
      try {
        await guarded("leave a request in", this.directory, () => this.#write(requests));
        for (const { resolve } of requests) resolve();
      } catch (error) {
        for (const { reject } of requests) reject(error);
      }
    }
    this.#delivery = undefined;
  }

  async #write(requests: readonly SubmittedRequest[]): Promise<void> {
    let lines = "";
    let start = 0;
    for (const [index, submitted] of requests.entries()) {
      lines += encodeSegmentLine(submitted);
      const isFull = lines.length >= SEGMENT_BYTES || index + 1 - start >= WRITTEN_TOGETHER;
      if (!isFull && index < requests.length - 1) continue;
      const together = requests.slice(start, index + 1);
      const isSeries = performance.now() - this.#lastDelivery < SERIES_MS;
      if (!isSeries || !(await this.#append(together, lines))) await this.#writeFile(together);
      this.#lastDelivery = performance.now();
      start = index + 1;
      lines = "";
    }
  }

  async #writeFile(requests: readonly SubmittedRequest[]): Promise<void> {
    const [first] = requests;
    if (!first) return;
    this.#segment?.close();
    this.#segment = undefined;
    await this.make();
    const path = this.path(fileName(first.order, randomUUID()));
    await writeFileAtomically(this.#fs, {
      path,
      temporary: `${path.slice(0, -".json".length)}.tmp`,
      content: encodeFile(requests.map(({ request }) => request)),
      durable: this.#durable,
    });
    if (this.#durable) await syncDirectory(this.#fs, this.directory);
  }

  /** Writes again to another segment, with the same ids, what was not accepted by the first. False if the second fails, too. */
  async #append([first]: readonly SubmittedRequest[], lines: string): Promise<boolean> {
    for (let attempt = 1; first && attempt <= ATTEMPTS; attempt++) {
      const segment = this.#segment ?? (await this.#newSegment(first.order));
      this.#segment = undefined;
      if (!(await segment.append(lines))) continue;
      if (segment.isFinished) segment.close();
      else this.#segment = segment;
      return true;
    }
    return false;
  }

  async #newSegment(order: RequestOrder): Promise<SegmentWriter> {
    await this.make();
    return SegmentWriter.create(this.#fs, this.directory, order, this.#durable);
  }
}

interface Waiting extends SubmittedRequest {
  resolve(): void;
  reject(error: unknown): void;
}
