import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { HistoryEntry, TaskRecord } from "../../store/index.ts";
import type { Catalog } from "../folder/class-catalog.ts";
import type { SourceTexts } from "../source-texts.ts";
import { currentFailures, type Failure } from "./current-failures.ts";
import type { Dismissals } from "./dismissals.ts";
import { failureDiagnostic, placeOf, type SourcePlace } from "./failure-diagnostic.ts";
import type { PlacedDiagnostic } from "./load-diagnostics.ts";

/** More than anybody reads. */
const MOST_SHOWN = 500;

/** A failure with the diagnostic that tells of it. */
export interface ShownFailure extends PlacedDiagnostic {
  readonly failure: Failure;
  /** The file as it was when the place was found in it. */
  readonly source: string;
}

export interface ProjectedFolder {
  readonly uri: string;
  readonly tasks: readonly TaskRecord[];
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly catalog: Catalog;
  readonly taskFiles: readonly string[];
}

/**
 * The failures of a folder as diagnostics. Made anew from what is stored each time; only the place of a failure that was shown before stays
 * as it was found first, because editors move it along with the text while it is edited.
 */
export class FailureProjection {
  readonly #dismissals: Dismissals;
  readonly #texts: SourceTexts;
  #shown: ReadonlyMap<string, ShownFailure> = new Map();

  constructor(dismissals: Dismissals, texts: SourceTexts) {
    this.#dismissals = dismissals;
    this.#texts = texts;
  }

  async failures({ tasks, history }: Pick<ProjectedFolder, "tasks" | "history">): Promise<Failure[]> {
    await this.#dismissals.refresh();
    return currentFailures(tasks, history, (failure) => this.#dismissals.has(failure));
  }

  async project(folder: ProjectedFolder): Promise<void> {
    const failures = (await this.failures(folder)).slice(0, MOST_SHOWN);
    const shown = new Map<string, ShownFailure>();
    for (const failure of failures) {
      const place = await this.#place(failure, folder);
      if (!place) continue;
      const key = JSON.stringify([failure.task, failure.action, failure.mark, place.file]);
      const before = this.#shown.get(key);
      const source = before?.source ?? (await this.#texts.text(place.file)) ?? "";
      shown.set(key, { failure, source, ...(await this.#diagnostic(failure, place, folder, before)) });
    }
    this.#shown = shown;
  }

  /** As they were projected last. */
  get shown(): readonly ShownFailure[] {
    return [...this.#shown.values()];
  }

  /** Of every file that a failure is shown in. */
  get files(): string[] {
    return [...new Set([...this.#shown.values()].map(({ file }) => file))];
  }

  async #diagnostic(
    failure: Failure,
    place: SourcePlace,
    { uri, catalog }: ProjectedFolder,
    before: PlacedDiagnostic | undefined,
  ): Promise<PlacedDiagnostic> {
    const texts = await this.#texts.texts(filesNamedBy(failure, place));
    const maxAttempts = catalog.classes.find(({ kind, name }) => kind === "action" && name === failure.class)?.maxAttempts;
    const diagnostic = failureDiagnostic(failure, place, { folder: uri, maxAttempts, textOf: (file) => texts.get(file) });
    return before
      ? { file: place.file, diagnostic: { ...before.diagnostic, ...pickChanging(diagnostic) } }
      : { file: place.file, diagnostic };
  }

  /** `undefined` when the file at fault is gone, and with it the reason to say anything. */
  async #place(failure: Failure, { catalog, taskFiles }: ProjectedFolder): Promise<SourcePlace | undefined> {
    const own = placeOf(failure.error);
    if (own) return (await this.#texts.text(own.file)) === undefined ? undefined : own;
    const described = catalog.classes.filter(({ name, file }) => name === failure.class && file !== undefined);
    for (const file of [...described.flatMap((found) => found.file ?? []), ...taskFiles]) {
      const declaration = findClassDeclaration((await this.#texts.text(file)) ?? "", failure.class);
      if (declaration) return { file, ...declaration };
    }
    const file = catalog.classes.find(({ name }) => name === failure.taskClass)?.file ?? taskFiles[0];
    return file === undefined ? undefined : { file, line: 1, column: 1 };
  }
}

/** What may become known, or change, while the failure stays where it is. */
function pickChanging({ severity, code, message }: PlacedDiagnostic["diagnostic"]): Partial<PlacedDiagnostic["diagnostic"]> {
  return { ...(severity && { severity }), ...(code !== undefined && { code }), message };
}

function filesNamedBy({ error }: Failure, place: SourcePlace): string[] {
  const files = [place.file, ...(error.frames ?? []).map(({ file }) => file)];
  for (let cause = error.cause; cause; cause = cause.cause) if (cause.file !== undefined) files.push(cause.file);
  return files;
}
