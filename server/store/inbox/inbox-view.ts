import type { TaskRequest } from "../contract/transaction.ts";
import type { FileSystem } from "../disk/durable-file.ts";
import { InboxReader, type ReadRequest } from "./inbox-reader.ts";
import { compareOrders } from "./request-codec.ts";

/** Read at once, so that an event loop is not blocked for long. */
const BATCH = 1_000;

/** All requests in the inbox, for processes that only show them. Keeps them in memory. */
export class InboxView {
  readonly #reader: InboxReader;
  #read: ReadRequest[] = [];

  constructor(fs: FileSystem, directory: string) {
    this.#reader = new InboxReader(fs, directory);
  }

  /** Oldest first. One call at a time. @throws StoreError */
  async read(): Promise<readonly TaskRequest[]> {
    await this.#reader.look();
    const before = this.#read.filter(({ file }) => this.#reader.knows(file));
    const added: ReadRequest[] = [];
    while (this.#reader.hasMore) for (const read of (await this.#reader.read(BATCH)).requests) added.push(read);
    this.#read = added.length === 0 ? before : [...before, ...added].sort((a, b) => compareOrders(a.order, b.order));
    // Its process may have had to write a request again.
    return [...new Map(this.#read.map(({ request }) => [request.id, request])).values()];
  }
}
