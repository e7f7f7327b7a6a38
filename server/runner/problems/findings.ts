import { comparePositions } from "../../language/text/position.ts";
import { ChangeLoop } from "../change-loop.ts";
import type { OpenDocuments } from "../documents/open-documents.ts";
import type { Problem } from "../model/problem.ts";
import type { ReadFile, TaskFileReading } from "../task-file-reading.ts";
import type { Places } from "./places.ts";
import type { ProblemBoard } from "./problem-board.ts";
import { type ShownFinding, shownFindings } from "./shown-findings.ts";

/** Milliseconds without a keystroke before files are checked. */
const QUIET_TIME = 150;
const OWNER = "checks";

export interface FindingsParts {
  readonly documents: OpenDocuments;
  readonly reading: TaskFileReading;
  readonly places: Places;
  readonly board: ProblemBoard;
  readonly onDefect: (error: unknown) => void;
}

type PlacedFinding = ShownFinding & Problem;

/** Shows findings of the checks in open files; `background-tasks check` checks all files. */
export class Findings {
  readonly #parts: FindingsParts;
  readonly #loop: ChangeLoop;
  /** By file. */
  #shown: ReadonlyMap<string, readonly PlacedFinding[]> = new Map();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: FindingsParts) {
    this.#parts = parts;
    this.#loop = new ChangeLoop(() => this.#show(), parts.onDefect);
    // An edit of this file may resolve another file's finding.
    parts.documents.onDidChange(() => this.#typed());
    parts.documents.onDidClose(() => this.#loop.notify());
  }

  /** Call when something else that findings depend on may have changed. */
  changed(): void {
    if (this.#parts.documents.files.length > 0) this.#loop.notify();
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
    const { documents, reading, board } = this.#parts;
    const files = await Promise.all(documents.files.map(async (file) => [file, await reading.check(file)] as const));
    // Synchronous from here on, so that ranges and texts match.
    this.#shown = new Map(files.map(([file, reads]) => [file, this.#withThoseOfBefore(file, reads)]));
    board.set(OWNER, [...this.#shown.values()].flat());
  }

  /** Keeps findings in code that is being written, where nothing can be found until it parses again. */
  #withThoseOfBefore(file: string, reads: readonly ReadFile[]): readonly PlacedFinding[] {
    const { documents, places } = this.#parts;
    const text = documents.get(file)?.getText();
    const found = shownFindings(reads).map((shown) => ({ ...shown, place: places.found(file, shown.finding.range, text) }));
    const kept = (this.#shown.get(file) ?? []).filter(({ finding, place: { range }, read: { facts } }) => {
      const read = reads.find((candidate) => candidate.facts.uri === facts.uri);
      if (!read || comparePositions(range.start, range.end) === 0) return false;
      const isFound = found.some((other) => other.finding.code === finding.code && other.place.range.start.line === range.start.line);
      return !isFound && read.facts.severities[finding.code] !== "off" && read.language.isBeingWritten(read.model, { ...finding, range });
    });
    return [...found, ...kept];
  }
}
