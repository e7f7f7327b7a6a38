import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { SourceTexts } from "../documents/source-texts.ts";
import type { Failure } from "../model/failure.ts";
import type { FolderSlices } from "../model/observed-folder.ts";
import type { Problem, ShownFailure } from "../model/problem.ts";
import { currentFailures } from "./current-failures.ts";
import { failureDiagnostic, positionOf, type SourcePosition } from "./failure-diagnostic.ts";
import type { Places } from "./places.ts";
import { rangeInText } from "./source-range.ts";

/** More than users will read. */
const MOST_SHOWN = 500;

/** The failures of a folder as problems, derived from the store each time. A failure shown before keeps its place. */
export class Failures {
  readonly #texts: SourceTexts;
  readonly #places: Places;
  #shown: ReadonlyMap<string, ShownFailure> = new Map();

  constructor(texts: SourceTexts, places: Places) {
    this.#texts = texts;
    this.#places = places;
  }

  async project(folder: FolderSlices): Promise<readonly ShownFailure[]> {
    const failures = currentFailures(folder).slice(0, MOST_SHOWN);
    const shown = new Map<string, ShownFailure>();
    for (const failure of failures) {
      const position = await this.#position(failure, folder);
      if (!position) continue;
      const key = JSON.stringify([failure.task, failure.action, failure.mark, position.file]);
      shown.set(key, { failure, ...(await this.#problem(failure, position, folder, this.#shown.get(key))) });
    }
    this.#shown = shown;
    return [...shown.values()];
  }

  async #problem(
    failure: Failure,
    position: SourcePosition,
    { uri, catalog }: FolderSlices,
    before: Problem | undefined,
  ): Promise<Problem> {
    const texts = await this.#texts.texts(filesNamedBy(failure, position));
    const maxAttempts = catalog.classes.find(({ kind, name }) => kind === "action" && name === failure.class)?.maxAttempts;
    const diagnostic = failureDiagnostic(failure, position, { folder: uri, maxAttempts, textOf: (file) => texts.get(file) });
    if (before) return { place: before.place, diagnostic: { ...before.diagnostic, ...pickChanging(diagnostic) } };
    const text = texts.get(position.file);
    return { place: this.#places.found(position.file, rangeInText(text, position), text), diagnostic };
  }

  /** `undefined` if the file at fault no longer exists: there is nothing to show then. */
  async #position(failure: Failure, { catalog, taskFiles }: FolderSlices): Promise<SourcePosition | undefined> {
    const own = positionOf(failure.error);
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

/** What may become known, or change, while the failure keeps its place. */
function pickChanging({ severity, code, message }: Problem["diagnostic"]): Partial<Problem["diagnostic"]> {
  return { ...(severity && { severity }), ...(code !== undefined && { code }), message };
}

function filesNamedBy({ error }: Failure, position: SourcePosition): string[] {
  const files = [position.file, ...(error.frames ?? []).map(({ file }) => file)];
  for (let cause = error.cause; cause; cause = cause.cause) if (cause.file !== undefined) files.push(cause.file);
  return files;
}
