import { outputMarker } from "./output-marker.ts";
import type { ActionReference, TaskReference } from "./worker-event.ts";

interface BlockingHandle {
  setBlocking?(blocking: boolean): number;
}

/** Writes markers to the destination of one of the streams. */
export type MarkerWriter = (text: string) => void;

/** Prepares the worker's own output for user code. */
export class OutputStreams {
  readonly #key: string;
  readonly #writers: readonly MarkerWriter[];
  #calls = 0;

  /** `writers`: one for each stream that leads to the supervisor. */
  constructor(key: string, writers: readonly MarkerWriter[]) {
    this.#key = key;
    this.#writers = writers;
  }

  /** Everything printed from here on belongs to this call of an author's method. */
  markCall(task: TaskReference, action: ActionReference): void {
    const marker = outputMarker(this.#key, { ordinal: ++this.#calls, task, action });
    for (const write of this.#writers) write(marker);
  }
}

/** Returns the writers if stdout and stderr lead to the supervisor. */
export function standardStreams(): readonly MarkerWriter[] {
  // Bound now because user code may replace `write`.
  return [process.stdout, process.stderr].map((stream) => {
    waitForReader(stream);
    const write = stream.write.bind(stream);
    return (text) => void write(text);
  });
}

/**
 * Makes writing to a pipe wait until the supervisor has read, as for a file. By default Node buffers the output of a loop in memory until
 * the event loop gets a turn: 100 MB of output cost 100 MB, all of which is lost when the process dies.
 */
function waitForReader(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: BlockingHandle | null };
  handle?.setBlocking?.(true);
}
