import picocolors from "picocolors";
import { englishWording } from "../words/wording.ts";
import type { Style } from "./text/style.ts";

/** The part of a standard stream that commands need. */
export class Output {
  readonly stream: NodeJS.WriteStream;
  /** A terminal that understands escape sequences. */
  readonly isTerminal: boolean;
  readonly style: Style;
  #readerLeft = false;

  /** @param options.color the command-line option; default: the environment. */
  constructor(
    stream: NodeJS.WriteStream,
    { env, directory, color }: { readonly env: NodeJS.ProcessEnv; readonly directory: string; readonly color: boolean | undefined },
  ) {
    this.stream = stream;
    this.isTerminal = stream.isTTY === true && env.TERM !== "dumb";
    this.style = {
      colors: picocolors.createColors(color ?? colorOfEnvironment(env) ?? this.isTerminal),
      columns: stream.isTTY === true && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY,
      directory,
      get wording() {
        return englishWording();
      },
    };
    // `| head` closes the pipe when it has enough. That is not a failure: the work continues unseen.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EOF") throw error;
      this.#readerLeft = true;
    });
  }

  /** Resolves when the text has been handed over, so that a slow reader of a pipe gets all of it. */
  write(text: string): Promise<void> {
    if (this.#readerLeft) return Promise.resolve();
    return new Promise((resolve) => this.stream.write(text, () => resolve()));
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  lines(texts: readonly string[]): Promise<void> {
    return texts.length === 0 ? Promise.resolve() : this.line(texts.join("\n"));
  }

  json(value: unknown): Promise<void> {
    return this.line(JSON.stringify(value, null, this.stream.isTTY ? 2 : undefined));
  }
}

/** FORCE_COLOR takes precedence over NO_COLOR, as in Node; `undefined` if neither is set. */
function colorOfEnvironment({ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv): boolean | undefined {
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return NO_COLOR ? false : undefined;
}
