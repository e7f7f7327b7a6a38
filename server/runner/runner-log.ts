import type { Connection } from "vscode-languageserver";
import type { OutputParams } from "../protocol/runner-protocol.ts";
import type { OutputEvent } from "../protocol/tick-event.ts";
import { notify } from "./notify.ts";

export type LogLevel = OutputParams["level"];

/** The log of the runner's own lines and of user code's output. */
export class RunnerLog {
  readonly #connection: Connection;
  /** Our own client displays output itself; others get it as log messages. */
  readonly #isShownByClient: boolean;

  constructor(connection: Connection, isShownByClient: boolean) {
    this.#connection = connection;
    this.#isShownByClient = isShownByClient;
  }

  line(folder: string, level: LogLevel, text: string): void {
    this.#send({ folder, level, text });
  }

  output(folder: string, output: OutputEvent): void {
    this.#send({ folder, level: "info", text: output.text, output });
  }

  #send(params: OutputParams): void {
    if (this.#isShownByClient) void notify(this.#connection, "output", params).catch(() => {});
    else this.#logMessage(params);
  }

  #logMessage({ level, text, output }: OutputParams): void {
    const console = this.#connection.console;
    const line = output?.task ? `[${output.task.name}${output.action ? `/${output.action.name}` : ""}] ${text.trimEnd()}` : text.trimEnd();
    if (level === "error") console.error(line);
    else if (level === "warning") console.warn(line);
    else console.info(line);
  }
}
