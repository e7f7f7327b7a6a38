import { StringDecoder } from "node:string_decoder";

/** Milliseconds after which an unfinished line is forwarded: a prompt, a row of dots. */
const LINE_TIME = 100;
/** Characters after which a line is forwarded in pieces. */
const LONGEST_LINE = 16 * 1024;

/** Decodes bytes to text: always whole characters, and whole lines if they arrive within a moment. */
export class LineText {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onText: (text: string) => void;
  #begun = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  write(bytes: Buffer): void {
    const text = this.#begun + this.#decoder.write(bytes);
    const end = text.length > LONGEST_LINE && !text.includes("\n") ? text.length : text.lastIndexOf("\n") + 1;
    this.#begun = text.slice(end);
    clearTimeout(this.#timer);
    this.#timer = this.#begun === "" ? undefined : setTimeout(() => this.#pass(), LINE_TIME).unref();
    if (end > 0) this.#onText(text.slice(0, end));
  }

  /** Forwards the rest; an incomplete character stays incomplete. */
  end(): void {
    this.#begun += this.#decoder.end();
    this.#pass();
  }

  #pass(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#begun;
    this.#begun = "";
    if (text !== "") this.#onText(text);
  }
}
