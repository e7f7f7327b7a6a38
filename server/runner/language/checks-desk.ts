import { movedRange } from "../../language/text/moved-range.ts";
import { comparePositions } from "../../language/text/position.ts";
import { ChangeLoop } from "../change-loop.ts";
import type { DiagnosticsDesk } from "../diagnostics/diagnostics-desk.ts";
import { type ShownFinding, shownFindings } from "./check-diagnostics.ts";
import type { DocumentEdit, OpenDocuments } from "./open-documents.ts";
import type { ReadFile, TaskFileReading } from "./task-file-reading.ts";

/** Milliseconds without a keystroke after which somebody may want to know what is wrong. */
const QUIET_TIME = 150;
const OWNER = "checks";

/** Shows what the checks find in the files that are open; `background-tasks check` looks at all of them. */
export class ChecksDesk {
  readonly #documents: OpenDocuments;
  readonly #reading: TaskFileReading;
  readonly #desk: DiagnosticsDesk;
  readonly #loop: ChangeLoop;
  /** By file; their places follow what is written. */
  #shown: ReadonlyMap<string, readonly ShownFinding[]> = new Map();
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
    this.#documents.onDidEdit((edit) => this.#edited(edit));
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

  #edited({ file, edit }: DocumentEdit): void {
    const moved = this.#shown.get(file)?.map((shown) => {
      const range = movedRange(shown.finding.range, edit);
      return { ...shown, finding: { ...shown.finding, range }, diagnostic: { ...shown.diagnostic, range } };
    });
    if (moved) this.#shown = new Map([...this.#shown, [file, moved]]);
  }

  async #show(): Promise<void> {
    const files = await Promise.all(this.#documents.files.map(async (file) => [file, await this.#reading.read(file)] as const));
    // From here on at once: the places are those of the texts as they are now.
    this.#shown = new Map(
      files.map(([file, reads]) => [file, withThoseOfBefore(shownFindings(reads), this.#shown.get(file) ?? [], reads)]),
    );
    this.#desk.set(OWNER, [...this.#shown.values()].flat());
  }
}

/** What was found before stays where somebody is writing, because nothing can be found there until that can be understood. */
function withThoseOfBefore(
  found: readonly ShownFinding[],
  before: readonly ShownFinding[],
  reads: readonly ReadFile[],
): readonly ShownFinding[] {
  const kept = before.filter(({ finding, read: { facts } }) => {
    const read = reads.find((candidate) => candidate.facts.uri === facts.uri);
    if (!read || comparePositions(finding.range.start, finding.range.end) === 0) return false;
    const isFound = found.some(
      (other) => other.finding.code === finding.code && other.finding.range.start.line === finding.range.start.line,
    );
    return !isFound && read.facts.severities[finding.code] !== "off" && read.language.isBeingWritten(read.model, finding);
  });
  return [...found, ...kept];
}
