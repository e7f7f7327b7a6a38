import { createLogUpdate } from "log-update";
import type { Progress } from "../authoring/index.ts";
import type { ActionReference, TaskReference } from "../protocol/tick-event.ts";
import type { Output } from "./output.ts";
import { formatBar } from "./text/bar-text.ts";
import { printable } from "./text/plain.ts";

/** Milliseconds between two drawings. */
const FRAME = 100;

/** The last line of a terminal while an action runs. */
export class ProgressBar {
  readonly #output: Output;
  readonly #draw: ReturnType<typeof createLogUpdate>;
  #running: { readonly task: TaskReference; readonly action: ActionReference; readonly since: number } | undefined;
  #progress: Progress = {};
  #isDrawn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(output: Output) {
    this.#output = output;
    this.#draw = createLogUpdate(output.stream);
  }

  start(task: TaskReference, action: ActionReference): void {
    this.#running = { task, action, since: Date.now() };
    this.#progress = {};
    this.#timer ??= setInterval(() => this.#redraw(), FRAME).unref();
  }

  /** Draws with the next frame, however often it is called. */
  update(progress: Progress): void {
    this.#progress = progress;
  }

  /** Writes permanent lines above the bar. */
  writeAbove(lines: readonly string[]): void {
    this.#erase();
    void this.#output.lines(lines);
    if (this.#running) this.#redraw();
  }

  hide(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#running = undefined;
    this.#erase();
  }

  #erase(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    this.#draw.clear();
    // Shows the cursor again.
    this.#draw.done();
  }

  #redraw(): void {
    if (!this.#running) return;
    const { task, action, since } = this.#running;
    // Read each time: the terminal may have been resized.
    const style = { ...this.#output.style, columns: this.#output.stream.columns };
    this.#isDrawn = true;
    this.#draw(printable(formatBar({ task, action, progress: this.#progress, elapsedMs: Date.now() - since }, style)));
  }
}
