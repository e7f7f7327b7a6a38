import { LineText } from "./line-text.ts";
import { droppedNote, type OutputAllowance } from "./output-allowance.ts";

/** What one call of an author's method prints on one stream. */
export class CallOutput {
  readonly #allowance: OutputAllowance;
  readonly #text: LineText;
  #dropped = 0;

  /** @param allowance shared with the other stream */
  constructor(allowance: OutputAllowance, onText: (text: string) => void) {
    this.#allowance = allowance;
    this.#text = new LineText(onText);
  }

  write(bytes: Buffer): void {
    const taken = this.#allowance.take(bytes);
    this.#dropped += bytes.length - taken.length;
    if (taken.length > 0) this.#text.write(taken);
  }

  /** Nothing more will come. */
  end(): void {
    if (this.#dropped > 0) this.#text.write(Buffer.from(droppedNote(this.#dropped)));
    this.#text.end();
  }
}
