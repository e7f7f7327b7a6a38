import * as nodeFs from "node:fs";
import { join } from "node:path";
import type { InboxReader } from "../../store/inbox/inbox-reader.ts";
import type { TaskRequest } from "../../store/index.ts";

/** Milliseconds between two looks. */
const LOOK_EVERY = 200;
/** Read at once, so that requests take little memory, however many there are. */
const BATCH = 500;

/** Reports each request submitted to the store's inbox while a worker is watched that may be too busy to see it. */
export class RequestWatch {
  readonly #storeDirectory: string;
  readonly #onRequest: (request: TaskRequest) => void;
  #reader: Promise<InboxReader> | undefined;
  #isLooking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(storeDirectory: string, onRequest: (request: TaskRequest) => void) {
    this.#storeDirectory = storeDirectory;
    this.#onRequest = onRequest;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One at a time: a full inbox takes longer to read than the time between two looks. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#reader ??= openReader(this.#storeDirectory);
      const reader = await this.#reader;
      await reader.look();
      while (this.#timer !== undefined && reader.hasMore) {
        const { requests } = await reader.read(BATCH);
        for (const { request } of requests) this.#onRequest(request);
      }
    } catch {
      // The inbox does not exist yet or cannot be read: the worker needs it too and reports that.
    } finally {
      this.#isLooking = false;
    }
  }
}

/** Loads the code that reads the store only on demand: before a worker is forked it would only delay it. */
async function openReader(storeDirectory: string): Promise<InboxReader> {
  const { InboxReader } = await import("../../store/inbox/inbox-reader.ts");
  return new InboxReader(nodeFs, join(storeDirectory, "inbox"));
}
