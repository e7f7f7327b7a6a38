import type { WorkerChannel } from "./channel.ts";
import type { WorkerMessage } from "./messages.ts";

/** Milliseconds for which messages are collected that nothing waits for. */
const GATHERING_TIME = 20;

/** Sends messages in batches if possible, and at once if the process may not live to send them later. */
export class Reporter {
  readonly #channel: WorkerChannel;
  #waiting: WorkerMessage[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: WorkerChannel) {
    this.#channel = channel;
  }

  /** For messages that may be lost if the process dies within the next moments. */
  soon(message: WorkerMessage): void {
    this.#waiting.push(message);
    this.#timer ??= setTimeout(() => this.#flush(), GATHERING_TIME).unref();
  }

  /** For messages that must arrive before user code continues, and for the job's end. */
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
