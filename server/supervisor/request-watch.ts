import { stat } from "node:fs/promises";
import type { Inbox } from "../store/inbox/inbox.ts";
import type { TaskRequest } from "../store/index.ts";

/** Milliseconds between two looks. */
const LOOK_EVERY = 200;

/** Tells of each request that is left in the store's inbox, for as long as a worker is watched that may be too busy to see it. */
export class RequestWatch {
  readonly #openInbox: () => Promise<Inbox>;
  readonly #onRequest: (request: TaskRequest) => void;
  readonly #told = new Set<string>();
  #inbox: Promise<Inbox> | undefined;
  #seenAt = Number.NaN;
  #timer: NodeJS.Timeout | undefined;

  constructor(openInbox: () => Promise<Inbox>, onRequest: (request: TaskRequest) => void) {
    this.#openInbox = openInbox;
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
      this.#inbox ??= this.#openInbox();
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
      // No inbox yet, or one that cannot be read: the worker, which needs it too, says so.
    }
  }
}
