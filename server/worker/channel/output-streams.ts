import { outputMarker } from "./output-marker.ts";
import type { ActionReference, TaskReference } from "./worker-event.ts";

interface BlockingHandle {
  setBlocking?(blocking: boolean): number;
}

/** Writes where everything goes that is printed to one of the streams. */
export type MarkerWriter = (text: string) => void;

/** The worker's own output, made ready for user code. */
export class OutputStreams {
  readonly #key: string;
  readonly #writers: readonly MarkerWriter[];
  #calls = 0;

  /** `writers`: one for each stream that leads to the supervisor. */
  constructor(key: string, writers: readonly MarkerWriter[]) {
    this.#key = key;
    this.#writers = writers;
  }

  /** From here on everything printed belongs to this call of an author's method. */
  markCall(task: TaskReference, action: ActionReference): void {
    const marker = outputMarker(this.#key, { ordinal: ++this.#calls, task, action });
    for (const write of this.#writers) write(marker);
  }
}

/** Where stdout and stderr lead to the supervisor. */
export function standardStreams(): readonly MarkerWriter[] {
  // Bound now: user code may replace `write`.
  return [process.stdout, process.stderr].map((stream) => {
    waitForReader(stream);
    const write = stream.write.bind(stream);
    return (text) => void write(text);
  });
}

/**
 * Makes writing to a pipe wait until the supervisor has read, as it does for a file. By default Node keeps in memory what a loop prints
 * until the event loop gets a turn: 100 MB of output cost 100 MB, and all of it is lost when the process dies.
 */
function waitForReader(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: BlockingHandle | null };
  handle?.setBlocking?.(true);
}
