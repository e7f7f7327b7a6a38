import type { OutputEvent } from "../../protocol/tick-event.ts";
import type { MarkedCall } from "../../worker/output-marker.ts";
import { LineText } from "./line-text.ts";
import { MarkedStream } from "./marked-stream.ts";
import { OutputAllowance } from "./output-allowance.ts";

type StreamName = OutputEvent["stream"];

/** What one call prints, and on how many streams it still may. */
interface CallOutput {
  /** Undefined for what comes before the first call. */
  readonly of: MarkedCall | undefined;
  readonly allowance: OutputAllowance;
  openStreams: number;
}

export interface WorkerOutputOptions {
  readonly markerKey: string;
  /** Maps positions in whole lines to the user's sources. */
  readonly mapText: (text: string) => string;
  readonly onOutput: (event: OutputEvent) => void;
}

/** Attributes the two output streams of one worker to tasks and actions, and keeps a flood from those who listen. */
export class WorkerOutput {
  readonly #options: WorkerOutputOptions;
  readonly #streams: Readonly<Record<StreamName, OutputStream>>;
  /** By ordinal; 0 is what comes before the first call. */
  readonly #calls = new Map<number, CallOutput>();

  constructor(options: WorkerOutputOptions) {
    this.#options = options;
    this.#streams = { stdout: this.#stream("stdout"), stderr: this.#stream("stderr") };
  }

  write(stream: StreamName, chunk: Buffer): void {
    this.#streams[stream].write(chunk);
  }

  /** The worker has ended. */
  end(): void {
    for (const stream of Object.values(this.#streams)) stream.end();
  }

  #stream(name: StreamName): OutputStream {
    return new OutputStream(this.#options.markerKey, {
      enter: (call) => this.#call(call),
      leave: (call) => this.#left(call, name),
      onText: (text, call) => this.#emit(name, this.#options.mapText(text), call),
    });
  }

  #call(of: MarkedCall | undefined): CallOutput {
    const ordinal = of?.ordinal ?? 0;
    const known = this.#calls.get(ordinal);
    if (known) return known;
    const call = { of, allowance: new OutputAllowance(), openStreams: 2 };
    this.#calls.set(ordinal, call);
    return call;
  }

  #left(call: CallOutput, stream: StreamName): void {
    call.openStreams -= 1;
    if (call.openStreams > 0) return;
    this.#calls.delete(call.of?.ordinal ?? 0);
    const note = call.allowance.note();
    if (note !== undefined) this.#emit(stream, note, call);
  }

  #emit(stream: StreamName, text: string, { of }: CallOutput): void {
    this.#options.onOutput({ kind: "output", ...(of && { task: of.task, action: of.action }), stream, text });
  }
}

interface OutputStreamListener {
  enter(call: MarkedCall | undefined): CallOutput;
  leave(call: CallOutput): void;
  onText(text: string, call: CallOutput): void;
}

class OutputStream {
  readonly #marked: MarkedStream;
  readonly #listener: OutputStreamListener;
  #call: CallOutput | undefined;
  #text: LineText;

  constructor(markerKey: string, listener: OutputStreamListener) {
    this.#listener = listener;
    this.#text = this.#enter(undefined);
    this.#marked = new MarkedStream(markerKey, {
      onBytes: (bytes) => {
        const taken = this.#call?.allowance.take(bytes);
        if (taken && taken.length > 0) this.#text.write(taken);
      },
      onCall: (call) => {
        this.#leave();
        this.#text = this.#enter(call);
      },
    });
  }

  write(chunk: Buffer): void {
    this.#marked.write(chunk);
  }

  end(): void {
    this.#marked.end();
    this.#leave();
  }

  #enter(of: MarkedCall | undefined): LineText {
    const call = this.#listener.enter(of);
    this.#call = call;
    return new LineText((text) => this.#listener.onText(text, call));
  }

  #leave(): void {
    this.#text.end();
    if (this.#call) this.#listener.leave(this.#call);
  }
}
