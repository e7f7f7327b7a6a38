import { ChangeLoop } from "../../change-loop.ts";
import type { SourceTexts } from "../../documents/source-texts.ts";
import { isDismissed } from "../../model/failure.ts";
import type { ObservedFolder } from "../../model/observed-folder.ts";
import { currentFailures, failuresOfTask } from "../../problems/current-failures.ts";
import type { Dismissals } from "../../problems/dismissals.ts";
import { Failures } from "../../problems/failures.ts";
import { idleProblems } from "../../problems/idle-actions.ts";
import { configProblem, loadProblems } from "../../problems/load-problems.ts";
import type { Places } from "../../problems/places.ts";
import type { ProblemBoard } from "../../problems/problem-board.ts";

export interface FolderProblemsParts {
  readonly model: ObservedFolder;
  readonly dismissals: Dismissals;
  readonly texts: SourceTexts;
  readonly places: Places;
  readonly board: ProblemBoard;
  readonly onDefect: (error: unknown) => void;
}

/** Shows the problems of a folder, and writes its failures to the model. */
export class FolderProblems {
  readonly #parts: FolderProblemsParts;
  readonly #failures: Failures;
  readonly #loop: ChangeLoop;
  #isStopped = false;

  constructor(parts: FolderProblemsParts) {
    const { model, texts, places, onDefect } = parts;
    this.#parts = parts;
    this.#failures = new Failures(texts, places);
    this.#loop = new ChangeLoop(() => this.#show(), onDefect);
    model.follow(["tasks", "history", "dismissals", "catalog", "taskFiles", "configError"], () => this.#loop.notify());
  }

  /** Dismisses the failures of a task, or of one of its actions. Resolves to their number once they are hidden. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    const { model, dismissals } = this.#parts;
    const { slices } = model;
    const shown = currentFailures(slices).filter((failure) => failure.task === task);
    // A failure made up for by a later task is still a failed row of its own task.
    const living = slices.tasks.filter(({ id }) => id === task).flatMap(failuresOfTask);
    const byAction = new Map([...shown, ...living].map((failure) => [failure.action, failure]));
    const meant = [...byAction.values()].filter(
      (failure) => (action === undefined || failure.action === action) && !isDismissed(failure, slices.dismissals),
    );
    if (meant.length > 0) model.set({ dismissals: await dismissals.add(meant) });
    await this.#loop.settled();
    return meant.length;
  }

  /** Leaves shown problems as they are. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#loop.stop();
  }

  async #show(): Promise<void> {
    const { model, texts: sources, places, board } = this.#parts;
    const { slices } = model;
    const { uri, configError, catalog } = slices;
    const files = [...catalog.classes.flatMap(({ file }) => file ?? []), ...catalog.problems.map(({ file }) => file)];
    const texts = await sources.texts(configError ? [...files, configError.file] : files);
    const failures = await this.#failures.project(slices);
    if (this.#isStopped) return;
    board.set(uri, [
      ...(configError ? [configProblem(configError, texts.get(configError.file), places)] : []),
      ...loadProblems(catalog, texts, places),
      ...idleProblems(slices, texts, places),
      ...failures,
    ]);
    model.set({ failures });
  }
}
