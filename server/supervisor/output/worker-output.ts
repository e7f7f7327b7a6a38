import type { OutputEvent } from "../../protocol/tick-event.ts";
import type { MarkedCall } from "../../worker/channel/output-marker.ts";
import { LineText } from "./line-text.ts";
import { MarkedStream } from "./marked-stream.ts";
import { droppedNote, OutputAllowance } from "./output-allowance.ts";

type StreamName = OutputEvent["stream"];

export interface WorkerOutputOptions {
  readonly markerKey: string;
  /** Maps positions in whole lines to the user's sources. */
  readonly mapText: (text: string) => string;
  readonly onOutput: (event: OutputEvent) => void;
}

/** Attributes the two output streams of one worker to tasks and actions, and protects listeners from a flood of output. */
export class WorkerOutput {
  readonly #options: WorkerOutputOptions;
  readonly #streams: Readonly<Record<StreamName, MarkedStream>>;
  readonly #current: Record<StreamName, CallOutput>;
  /** By ordinal: the calls that one stream has reached and the other has not. */
  readonly #allowances = new Map<number, OutputAllowance>();
  /** How many calls the listener knows to have started, and the output of later ones. */
  #begun = 0;
  #early: { readonly ordinal: number; readonly event: OutputEvent }[] = [];

  constructor(options: WorkerOutputOptions) {
    this.#options = options;
    const beforeCalls = new OutputAllowance();
    this.#current = { stdout: this.#output("stdout", undefined, beforeCalls), stderr: this.#output("stderr", undefined, beforeCalls) };
    this.#streams = { stdout: this.#stream("stdout"), stderr: this.#stream("stderr") };
  }

  write(stream: StreamName, chunk: Buffer): void {
    this.#streams[stream].write(chunk);
  }

  /** The listener knows of one more call: the call's output so far may follow. */
  callBegun(): void {
    this.#begun++;
    this.#passEarly((ordinal) => ordinal <= this.#begun);
  }

  /** The worker has ended. */
  end(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      this.#streams[stream].end();
      this.#current[stream].end();
    }
    this.#passEarly(() => true);
  }

  #stream(name: StreamName): MarkedStream {
    return new MarkedStream(this.#options.markerKey, {
      onBytes: (bytes) => this.#current[name].write(bytes),
      onCall: (call) => {
        this.#current[name].end();
        this.#current[name] = this.#output(name, call, this.#allowanceOf(call));
      },
    });
  }

  #output(stream: StreamName, call: MarkedCall | undefined, allowance: OutputAllowance): CallOutput {
    return new CallOutput(allowance, (text) => this.#emit(stream, text, call));
  }

  #emit(stream: StreamName, text: string, call: MarkedCall | undefined): void {
    const { mapText, onOutput } = this.#options;
    const event: OutputEvent = { kind: "output", ...(call && { task: call.task, action: call.action }), stream, text: mapText(text) };
    if (call && call.ordinal > this.#begun) this.#early.push({ ordinal: call.ordinal, event });
    else onOutput(event);
  }

  #passEarly(isDue: (ordinal: number) => boolean): void {
    const due = this.#early.filter(({ ordinal }) => isDue(ordinal));
    this.#early = this.#early.filter(({ ordinal }) => !isDue(ordinal));
    for (const { event } of due) this.#options.onOutput(event);
  }

  #allowanceOf({ ordinal }: MarkedCall): OutputAllowance {
    const known = this.#allowances.get(ordinal);
    if (known) {
      this.#allowances.delete(ordinal);
      return known;
    }
    const allowance = new OutputAllowance();
    this.#allowances.set(ordinal, allowance);
    return allowance;
  }
}

/** The output of one call of an author's method on one stream. */
class CallOutput {
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

  /** Flushes at the end of the stream. */
  end(): void {
    if (this.#dropped > 0) this.#text.write(Buffer.from(droppedNote(this.#dropped)));
    this.#text.end();
  }
}
