import type { WorkerChannel } from "./channel.ts";
import type { WorkerMessage } from "./messages.ts";

/** Milliseconds for which messages that nobody waits for are gathered. */
const GATHERING_TIME = 20;

/** Sends messages together where it can, and at once where the process may not live to send them later. */
export class Reporter {
  readonly #channel: WorkerChannel;
  #waiting: WorkerMessage[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: WorkerChannel) {
    this.#channel = channel;
  }

  /** For what may be lost when the process dies within the next moments. */
  soon(message: WorkerMessage): void {
    this.#waiting.push(message);
    this.#timer ??= setTimeout(() => this.#flush(), GATHERING_TIME).unref();
  }

  /** For what must be known before user code goes on, and for the job's end. */
  now(message: WorkerMessage): void {
    this.#waiting.push(message);
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const messages = this.#waiting;
    this.#waiting = [];
    if (messages.length > 0) this.#channel.send(messages);
  }
}
