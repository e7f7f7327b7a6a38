import type { HistoryEntry, TaskRecord } from "../../store/index.ts";
import type { ConfigError } from "../../workspace/index.ts";
import { ChangeLoop } from "../change-loop.ts";
import type { SourceTexts } from "../documents/source-texts.ts";
import { failuresOfTask } from "../problems/current-failures.ts";
import type { Dismissals } from "../problems/dismissals.ts";
import { Failures, type ShownFailure } from "../problems/failures.ts";
import { configProblem, loadProblems } from "../problems/load-problems.ts";
import type { Places } from "../problems/places.ts";
import type { ProblemBoard } from "../problems/problem-board.ts";
import type { Catalog } from "./class-catalog.ts";

/** What diagnostics are made from, as it is now. */
export interface DiagnosedFolder {
  readonly tasks: readonly TaskRecord[];
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly catalog: Catalog;
  readonly taskFiles: readonly string[];
  readonly configError: ConfigError | undefined;
}

export interface FolderDiagnosticsOptions {
  readonly uri: string;
  readonly dismissals: Dismissals;
  readonly texts: SourceTexts;
  readonly places: Places;
  readonly board: ProblemBoard;
  readonly current: () => DiagnosedFolder;
  readonly onShown: () => Promise<void>;
  readonly onDefect: (error: unknown) => void;
}

/** Shows what is wrong in a folder; updated after each change. */
export class FolderDiagnostics {
  readonly #options: FolderDiagnosticsOptions;
  readonly #failures: Failures;
  readonly #loop: ChangeLoop;
  #isStopped = false;

  constructor(options: FolderDiagnosticsOptions) {
    this.#options = options;
    this.#failures = new Failures(options.dismissals, options.texts, options.places);
    this.#loop = new ChangeLoop(() => this.#show(), options.onDefect);
  }

  /** Files that failures are shown in. */
  get files(): readonly string[] {
    return this.#failures.files;
  }

  /** What is failed and not dismissed. */
  get failures(): readonly ShownFailure[] {
    return this.#failures.shown;
  }

  changed(): void {
    this.#loop.notify();
  }

  /** What failed of a task or of one of its actions is not shown any more. Returns how much that was. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    const { current, dismissals } = this.#options;
    const folder = current();
    const shown = (await this.#failures.failures(folder)).filter((failure) => failure.task === task);
    // One that a later task has made up for is still a failed row of its own task.
    const living = folder.tasks.filter(({ id }) => id === task).flatMap(failuresOfTask);
    const byAction = new Map([...shown, ...living].map((failure) => [failure.action, failure]));
    const meant = [...byAction.values()].filter(
      (failure) => (action === undefined || failure.action === action) && !dismissals.has(failure),
    );
    if (meant.length > 0) await dismissals.add(meant);
    await this.#loop.settled();
    return meant.length;
  }

  /** Leaves the board as it is. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#loop.stop();
  }

  async #show(): Promise<void> {
    const { uri, texts: sources, places, board, current, onShown } = this.#options;
    const { configError, catalog, ...folder } = current();
    const files = [...catalog.classes.flatMap(({ file }) => file ?? []), ...catalog.problems.map(({ file }) => file)];
    const texts = await sources.texts(configError ? [...files, configError.file] : files);
    await this.#failures.project({ uri, catalog, ...folder });
    if (this.#isStopped) return;
    board.set(uri, [
      ...(configError ? [configProblem(configError, texts.get(configError.file), places)] : []),
      ...loadProblems(catalog, texts, places),
      ...this.#failures.shown,
    ]);
    await onShown();
  }
}
