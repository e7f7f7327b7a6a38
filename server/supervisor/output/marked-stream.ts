import { type MarkedCall, markerPrefix } from "../../worker/channel/output-marker.ts";

const NEWLINE = 0x0a;

export interface MarkedStreamListener {
  onBytes(bytes: Buffer): void;
  /** The following output belongs to this call of an author's method. */
  onCall(call: MarkedCall): void;
}

/** Removes the markers from one output stream of a worker, regardless of chunk boundaries. */
export class MarkedStream {
  readonly #prefix: Buffer;
  readonly #listener: MarkedStreamListener;
  /** Bytes that may be the start of a marker. */
  #held = Buffer.alloc(0);

  constructor(markerKey: string, listener: MarkedStreamListener) {
    this.#prefix = Buffer.from(markerPrefix(markerKey));
    this.#listener = listener;
  }

  write(chunk: Buffer): void {
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = Buffer.alloc(0);
    for (let start = this.#markerStart(rest); start >= 0; start = this.#markerStart(rest)) {
      this.#pass(rest.subarray(0, start));
      rest = rest.subarray(start);
      const end = rest.indexOf(NEWLINE);
      if (end < 0) {
        this.#held = Buffer.from(rest);
        return;
      }
      const call = parseCall(rest.toString("utf8", this.#prefix.length, end));
      if (call) this.#listener.onCall(call);
      rest = rest.subarray(end + 1);
    }
    this.#pass(rest);
  }

  /** Flushes at the end of the stream. */
  end(): void {
    this.#pass(this.#held);
    this.#held = Buffer.alloc(0);
  }

  /** Index at which a marker starts, or may start once more has arrived; -1 if there is none. */
  #markerStart(bytes: Buffer): number {
    const whole = bytes.indexOf(this.#prefix);
    if (whole >= 0) return whole;
    const last = bytes.lastIndexOf(this.#prefix[0] ?? 0);
    const mayBegin = last >= 0 && bytes.length - last < this.#prefix.length;
    return mayBegin && this.#prefix.subarray(0, bytes.length - last).equals(bytes.subarray(last)) ? last : -1;
  }

  #pass(bytes: Buffer): void {
    if (bytes.length > 0) this.#listener.onBytes(bytes);
  }
}

/** Undefined if other output was written into the middle of the marker. */
function parseCall(text: string): MarkedCall | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
