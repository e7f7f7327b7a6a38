import type { HistoryEntry, TaskRecord } from "../../store/index.ts";
import type { ConfigError } from "../../workspace/index.ts";
import { ChangeLoop } from "../change-loop.ts";
import { failuresOfTask } from "../diagnostics/current-failures.ts";
import type { Dismissals } from "../diagnostics/dismissals.ts";
import { FailureProjection, type ShownFailure } from "../diagnostics/failure-projection.ts";
import { configDiagnostic, loadDiagnostics, type PlacedDiagnostic } from "../diagnostics/load-diagnostics.ts";
import type { SourceTexts } from "../source-texts.ts";
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
  readonly current: () => DiagnosedFolder;
  /** Shows all of them, instead of those before; `files` are the ones that failures are shown in. */
  readonly show: (diagnostics: readonly PlacedDiagnostic[], files: readonly string[]) => Promise<void>;
  readonly onDefect: (error: unknown) => void;
}

/** Projects what is wrong in a folder into diagnostics, anew after each change. */
export class FolderDiagnostics {
  readonly #options: FolderDiagnosticsOptions;
  readonly #failures: FailureProjection;
  readonly #loop: ChangeLoop;

  constructor(options: FolderDiagnosticsOptions) {
    this.#options = options;
    this.#failures = new FailureProjection(options.dismissals, options.texts);
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

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #show(): Promise<void> {
    const { uri, texts: sources, current, show } = this.#options;
    const { configError, catalog, ...folder } = current();
    const files = [...catalog.classes.flatMap(({ file }) => file ?? []), ...catalog.problems.map(({ file }) => file)];
    const texts = await sources.texts(configError ? [...files, configError.file] : files);
    const textOf = (file: string) => texts.get(file);
    await this.#failures.project({ uri, catalog, ...folder });
    const diagnostics = [
      ...(configError ? [configDiagnostic(configError, textOf)] : []),
      ...loadDiagnostics(catalog, textOf).filter(({ file }) => texts.has(file)),
      ...this.#failures.shown,
    ];
    await show(diagnostics, this.#failures.files);
  }
}
