import { outputMarker } from "./output-marker.ts";
import type { ActionReference, TaskReference } from "./worker-event.ts";

interface BlockingHandle {
  setBlocking?(blocking: boolean): number;
}

/** The worker's own output, made ready for user code. */
export class OutputStreams {
  readonly #key: string;
  readonly #writers: readonly ((text: string) => void)[];
  #calls = 0;

  constructor(key: string) {
    this.#key = key;
    // Bound now: user code may replace `write`.
    this.#writers = [process.stdout, process.stderr].map((stream) => {
      waitForReader(stream);
      const write = stream.write.bind(stream);
      return (text) => void write(text);
    });
  }

  /** From here on everything printed belongs to this call of an author's method. */
  markCall(task: TaskReference, action: ActionReference): void {
    const marker = outputMarker(this.#key, { ordinal: ++this.#calls, task, action });
    for (const write of this.#writers) write(marker);
  }
}

/**
 * Makes writing to a pipe wait until the supervisor has read, as it does for a file. By default Node keeps in memory what a loop prints
 * until the event loop gets a turn: 100 MB of output cost 100 MB, and all of it is lost when the process dies.
 */
function waitForReader(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: BlockingHandle | null };
  handle?.setBlocking?.(true);
}
