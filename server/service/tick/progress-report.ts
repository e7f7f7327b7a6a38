import type { Progress } from "../../authoring/index.ts";
import type { Clock } from "../service-options.ts";

/** Milliseconds between two reports that are forwarded. */
const SHOWN_EVERY = 100;
/** Milliseconds between two reports that are also stored, for processes that only see the store. */
const STORED_EVERY = 500;

/** Forwards an action's reports at a limited rate: an action may report on every record of a million. */
export class ProgressReport {
  readonly #clock: Clock;
  readonly #show: (progress: Progress) => void;
  readonly #store: (progress: Progress) => void;
  #latest: Progress | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #storedAt = Number.NEGATIVE_INFINITY;
  #hidden = false;

  constructor(clock: Clock, show: (progress: Progress) => void, store: (progress: Progress) => void) {
    this.#clock = clock;
    this.#show = show;
    this.#store = store;
  }

  /** The last report in this tick. */
  get latest(): Progress | undefined {
    return this.#latest;
  }

  report({ done, total, message }: Progress): void {
    this.#latest = { ...finite("done", done), ...finite("total", total), ...(message === undefined ? {} : { message: String(message) }) };
    const now = this.#clock.now();
    this.#hidden = now - this.#shownAt < SHOWN_EVERY;
    if (this.#hidden) return;
    this.#shownAt = now;
    this.#show(this.#latest);
    if (now - this.#storedAt < STORED_EVERY) return;
    this.#storedAt = now;
    this.#store(this.#latest);
  }

  /** Forwards the last report if it was held back. */
  end(): void {
    if (this.#hidden && this.#latest) this.#show(this.#latest);
  }
}

function finite(key: "done" | "total", value: number | undefined): Progress {
  return typeof value === "number" && Number.isFinite(value) ? { [key]: value } : {};
}
