import picocolors from "picocolors";
import { visibleJson } from "../words/visible-text.ts";
import { englishWording } from "../words/wording.ts";
import { printable } from "./text/plain.ts";
import type { Style } from "./text/style.ts";

const WRITTEN_AT_ONCE = 500;

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

  /** Every way to the stream: a line contains no line break, and nothing that a terminal would obey but colours. */
  lines(texts: readonly string[]): Promise<void> {
    return texts.length === 0 ? Promise.resolve() : this.#write(texts.map((text) => `${printable(text)}\n`).join(""));
  }

  /** Writes any number of lines, some at a time. */
  async manyLines(texts: Iterable<string>): Promise<void> {
    for (const some of inGroups(texts)) await this.lines(some);
  }

  line(text: string): Promise<void> {
    return this.lines([text]);
  }

  /** One document, with controls as escapes. */
  json(value: unknown, { indent = this.stream.isTTY === true }: { readonly indent?: boolean } = {}): Promise<void> {
    return this.#write(`${visibleJson(JSON.stringify(value, null, indent ? 2 : undefined))}\n`);
  }

  /** One document on one line, in pieces of any number. */
  async jsonPieces(pieces: Iterable<string>): Promise<void> {
    for (const some of inGroups(pieces)) await this.#write(visibleJson(some.join("")));
    await this.#write("\n");
  }

  /** Resolves when the text has been handed over, so that a slow reader of a pipe gets all of it. */
  #write(text: string): Promise<void> {
    if (this.#readerLeft) return Promise.resolve();
    return new Promise((resolve) => this.stream.write(text, () => resolve()));
  }
}

function* inGroups(texts: Iterable<string>): Iterable<readonly string[]> {
  let group: string[] = [];
  for (const text of texts) {
    group.push(text);
    if (group.length < WRITTEN_AT_ONCE) continue;
    yield group;
    group = [];
  }
  yield group;
}

/** FORCE_COLOR takes precedence over NO_COLOR, as in Node; `undefined` if neither is set. */
function colorOfEnvironment({ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv): boolean | undefined {
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return NO_COLOR ? false : undefined;
}
