import type { TickEvent } from "../protocol/tick-event.ts";
import type { Output } from "./output.ts";
import type { TickDisplay, TickDisplayOptions } from "./tick-display.ts";

/**
 * A display that can be used at once. Its drawing code is loaded while the worker starts, so as not to delay that; events until then are
 * shown afterwards.
 */
export class DeferredDisplay {
  readonly #loading: Promise<TickDisplay>;
  #display: TickDisplay | undefined;
  readonly #waiting: ((display: TickDisplay) => void)[] = [];

  constructor(output: Output, options: TickDisplayOptions = {}) {
    this.#loading = import("./tick-display.ts")
      .then(({ TickDisplay }) => TickDisplay.on(output, options))
      .then((display) => {
        this.#display = display;
        for (const use of this.#waiting.splice(0)) use(display);
        return display;
      });
  }

  show(event: TickEvent): void {
    this.#use((display) => display.show(event));
  }

  lines(lines: readonly string[]): void {
    this.#use((display) => display.lines(lines));
  }

  /** Removes the bar; everything has been shown when it resolves. */
  async end(): Promise<void> {
    (await this.#loading).end();
  }

  #use(use: (display: TickDisplay) => void): void {
    if (this.#display) use(this.#display);
    else this.#waiting.push(use);
  }
}
