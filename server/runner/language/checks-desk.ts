import { ChangeLoop } from "../change-loop.ts";
import type { DiagnosticsDesk } from "../diagnostics/diagnostics-desk.ts";
import type { PlacedDiagnostic } from "../diagnostics/load-diagnostics.ts";
import { shownFindings } from "./check-diagnostics.ts";
import type { OpenDocuments } from "./open-documents.ts";
import type { TaskFileReading } from "./task-file-reading.ts";

/** Milliseconds without a keystroke after which somebody may want to know what is wrong. */
const QUIET_TIME = 150;
const OWNER = "checks";

/** Shows what the checks find in the files that are open; `background-tasks check` looks at all of them. */
export class ChecksDesk {
  readonly #documents: OpenDocuments;
  readonly #reading: TaskFileReading;
  readonly #desk: DiagnosticsDesk;
  readonly #loop: ChangeLoop;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: {
    readonly documents: OpenDocuments;
    readonly reading: TaskFileReading;
    readonly desk: DiagnosticsDesk;
    readonly onDefect: (error: unknown) => void;
  }) {
    this.#documents = parts.documents;
    this.#reading = parts.reading;
    this.#desk = parts.desk;
    this.#loop = new ChangeLoop(() => this.#show(), parts.onDefect);
    // Another file's finding may be gone with what is written in this one.
    this.#documents.onDidChange(() => this.#typed());
    this.#documents.onDidClose(() => this.#loop.notify());
  }

  /** Something else that findings depend on is perhaps different. */
  changed(): void {
    if (this.#documents.files.length > 0) this.#loop.notify();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#loop.stop();
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#loop.notify(), QUIET_TIME);
  }

  async #show(): Promise<void> {
    const found: PlacedDiagnostic[] = [];
    for (const file of this.#documents.files) found.push(...shownFindings(await this.#reading.read(file)));
    this.#desk.set(OWNER, found);
  }
}
