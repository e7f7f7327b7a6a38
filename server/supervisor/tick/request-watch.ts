import * as nodeFs from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Inbox } from "../../store/inbox/inbox.ts";
import type { TaskRequest } from "../../store/index.ts";

/** Milliseconds between two polls. */
const LOOK_EVERY = 200;

/** Reports each request submitted to the store's inbox while a worker is watched that may be too busy to see it. */
export class RequestWatch {
  readonly #storeDirectory: string;
  readonly #onRequest: (request: TaskRequest) => void;
  readonly #told = new Set<string>();
  #inbox: Promise<Inbox> | undefined;
  #seenAt = Number.NaN;
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

  async #look(): Promise<void> {
    try {
      this.#inbox ??= openInbox(this.#storeDirectory);
      const inbox = await this.#inbox;
      const { mtimeMs } = await stat(inbox.directory);
      if (mtimeMs === this.#seenAt) return;
      const { files } = await inbox.read();
      this.#seenAt = mtimeMs;
      for (const request of files.flatMap((file) => file.requests)) {
        if (this.#timer === undefined || this.#told.has(request.id)) continue;
        this.#told.add(request.id);
        this.#onRequest(request);
      }
    } catch {
      // The inbox does not exist yet or cannot be read: the worker needs it too and reports that.
    }
  }
}

/** Loads the code that reads the store only on demand: before a worker is forked it would only delay it. */
async function openInbox(storeDirectory: string): Promise<Inbox> {
  const { Inbox } = await import("../../store/inbox/inbox.ts");
  return new Inbox(nodeFs, join(storeDirectory, "inbox"), false);
}
