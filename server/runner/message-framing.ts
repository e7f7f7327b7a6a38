import { Transform, type TransformCallback } from "node:stream";

/** Bytes; no client sends more in a header, or in a message. */
const MAXIMUM_HEADER = 8_192;
const MAXIMUM_MESSAGE = 2 ** 30;

/**
 * Passes messages of the Language Server Protocol on as they are, and fails at the first header without a usable length: nothing that follows
 * could be understood, and the reader of messages would wait for ever.
 */
export class MessageFraming extends Transform {
  /** The part of a header that has arrived. */
  #header = "";
  /** Bytes of the current message that have not arrived. */
  #missing = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const problem = this.#problemIn(chunk);
    if (problem === undefined) done(null, chunk);
    else done(new Error(`Not a message of the Language Server Protocol: ${problem}.`));
  }

  #problemIn(chunk: Buffer): string | undefined {
    for (let at = 0; at < chunk.length; ) {
      if (this.#missing > 0) {
        const count = Math.min(this.#missing, chunk.length - at);
        this.#missing -= count;
        at += count;
        continue;
      }
      const text = this.#header + chunk.toString("latin1", at, at + MAXIMUM_HEADER);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#header = text;
        return text.length < MAXIMUM_HEADER ? undefined : "its header has no end";
      }
      const [, length] = /^content-length:[ \t]*(\d+)[ \t]*$/im.exec(text.slice(0, end)) ?? [];
      if (length === undefined) return "its header has no valid Content-Length";
      if (Number(length) > MAXIMUM_MESSAGE) return `it has ${length} bytes`;
      this.#missing = Number(length);
      at += end + "\r\n\r\n".length - this.#header.length;
      this.#header = "";
    }
    return undefined;
  }
}
