import type { Range } from "vscode-languageserver";
import { movedRange } from "../../language/text/moved-range.ts";
import type { TextEdit } from "../../language/text/text-edit.ts";
import type { DiagnosticsDesk } from "../diagnostics/diagnostics-desk.ts";
import type { PlacedDiagnostic } from "../diagnostics/load-diagnostics.ts";
import { uriOf } from "../file-uri.ts";
import type { OpenDocuments } from "./open-documents.ts";

/** Where a problem is in the file as it was saved, and in its text as it is now. */
interface Place {
  readonly uri: string;
  saved: Range;
  now: Range;
}

/** Shows what was found in files on the disk, what failed and what does not load, at the place where it is by now in a file that is edited. */
export class MovingProblems {
  readonly #desk: DiagnosticsDesk;
  /** By who tells of them. */
  readonly #told = new Map<string, readonly PlacedDiagnostic[]>();
  /** By the ranges that were told, of which each is one object for as long as it is told. */
  #places = new Map<Range, Place>();
  /** Of each open file, since it was opened or saved. */
  readonly #edits = new Map<string, TextEdit[]>();

  constructor(desk: DiagnosticsDesk, documents: OpenDocuments) {
    this.#desk = desk;
    documents.onDidEdit(({ file, edit }) => {
      const uri = uriOf(file);
      const edits = this.#edits.get(uri) ?? [];
      edits.push(edit);
      this.#edits.set(uri, edits);
      for (const place of this.#placesIn(file)) place.now = movedRange(place.now, edit);
    });
    documents.onDidSave((file) => {
      this.#edits.delete(uriOf(file));
      for (const place of this.#placesIn(file)) place.saved = place.now;
    });
    documents.onDidClose((file) => {
      this.#edits.delete(uriOf(file));
      // What was not saved is lost.
      for (const place of this.#placesIn(file)) place.now = place.saved;
      for (const owner of this.#told.keys()) this.#show(owner);
    });
  }

  /** All that someone has to tell, instead of what was told before. */
  set(owner: string, problems: readonly PlacedDiagnostic[]): void {
    if (problems.length > 0) this.#told.set(owner, problems);
    else this.#told.delete(owner);
    const all = [...this.#told.values()].flat();
    this.#places = new Map(all.map(({ file, diagnostic: { range } }) => [range, this.#places.get(range) ?? this.#newPlace(file, range)]));
    this.#show(owner);
  }

  /** The same problem where it is now. */
  moved<Problem extends PlacedDiagnostic>(problem: Problem): Problem {
    const { diagnostic } = problem;
    const range = this.#places.get(diagnostic.range)?.now ?? diagnostic.range;
    return { ...problem, diagnostic: { ...diagnostic, range } };
  }

  #newPlace(file: string, saved: Range): Place {
    const uri = uriOf(file);
    return { uri, saved, now: (this.#edits.get(uri) ?? []).reduce(movedRange, saved) };
  }

  #placesIn(file: string): Place[] {
    const uri = uriOf(file);
    return [...this.#places.values()].filter((place) => place.uri === uri);
  }

  #show(owner: string): void {
    this.#desk.set(
      owner,
      (this.#told.get(owner) ?? []).map((problem) => this.moved(problem)),
    );
  }
}
