import type { OutputEvent } from "../../protocol/tick-event.ts";
import type { LogLevel, RunnerLog } from "../runner-log.ts";

/** The lines of the log about one folder. */
export class FolderLog {
  readonly #log: RunnerLog;
  readonly #folder: string;

  constructor(log: RunnerLog, folder: string) {
    this.#log = log;
    this.#folder = folder;
  }

  line(level: LogLevel, text: string): void {
    this.#log.line(this.#folder, level, text);
  }

  output(output: OutputEvent): void {
    this.#log.output(this.#folder, output);
  }

  /** Logs an error that should never occur. Bound, so that it can be passed as a handler. */
  readonly defect = (error: unknown): void => {
    this.line("error", `This is a defect of Background Tasks: ${(error as Error).stack ?? error}`);
  };
}
