import type { Progress } from "../authoring/index.ts";
import type { ActionReference, TaskReference, TickEvent } from "../protocol/tick-event.ts";
import type { Output } from "./output.ts";
import type { ProgressBar } from "./progress-bar.ts";
import { formatActionEnd, formatActionStart, formatNotice, label } from "./text/event-text.ts";
import { formatProgress } from "./text/progress-text.ts";

export interface TickDisplayOptions {
  /** Whether to write a line for the start and the end of each action even with a bar. Default: only without a bar. */
  readonly actionLines?: boolean;
  /** A prefix for each line, such as the time in a log. */
  readonly prefix?: () => string;
}

/** Milliseconds between two lines about one action's progress. */
const PROGRESS_LINE_INTERVAL = 5_000;

/** Displays a running tick: with a progress bar on a terminal, in plain lines elsewhere. */
export class TickDisplay {
  readonly #output: Output;
  readonly #bar: ProgressBar | undefined;
  readonly #prefix: () => string;
  readonly #actionLines: boolean;
  #running: string | undefined;
  #lastProgressLine = 0;

  constructor(output: Output, bar: ProgressBar | undefined, { actionLines = bar === undefined, prefix = () => "" }: TickDisplayOptions) {
    this.#output = output;
    this.#bar = bar;
    this.#actionLines = actionLines;
    this.#prefix = prefix;
  }

  /** A terminal that reports its size gets a bar; its drawing code is only loaded then. */
  static async on(output: Output, options: TickDisplayOptions = {}): Promise<TickDisplay> {
    if (!output.isTerminal || !(output.stream.columns > 0)) return new TickDisplay(output, undefined, options);
    const { ProgressBar } = await import("./progress-bar.ts");
    return new TickDisplay(output, new ProgressBar(output), options);
  }

  show(event: TickEvent): void {
    const { style } = this.#output;
    switch (event.kind) {
      case "action-started":
        this.#actionStarted(event.task, event.action);
        break;
      case "action-progressed":
        this.#actionProgressed(event.task, event.action, event.progress);
        break;
      case "action-ended":
        this.#running = undefined;
        this.#bar?.hide();
        if (this.#actionLines) this.lines(formatActionEnd(event, style));
        break;
      case "worker-ended":
        this.#running = undefined;
        this.#bar?.hide();
        this.lines(formatNotice(event, style));
        break;
      default:
        this.lines(formatNotice(event, style));
    }
  }

  lines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const texts = lines.map((line) => this.#prefix() + line);
    if (this.#bar) this.#bar.writeAbove(texts);
    else void this.#output.lines(texts);
  }

  /** Removes the bar: nothing is running. */
  end(): void {
    this.#running = undefined;
    this.#bar?.hide();
  }

  #actionStarted(task: TaskReference, action: ActionReference): void {
    const running = `${task.id} ${action.id} ${action.attempt}`;
    if (this.#running === running) return;
    this.#running = running;
    this.#lastProgressLine = Date.now();
    this.#bar?.start(task, action);
    if (this.#actionLines) this.lines([formatActionStart(task, action, this.#output.style)]);
  }

  #actionProgressed(task: TaskReference, action: ActionReference, progress: Progress): void {
    if (this.#bar) {
      this.#bar.update(progress);
      return;
    }
    if (Date.now() - this.#lastProgressLine < PROGRESS_LINE_INTERVAL) return;
    this.#lastProgressLine = Date.now();
    this.lines([`${label(task, action)} ${formatProgress(progress, this.#output.style)}`]);
  }
}
