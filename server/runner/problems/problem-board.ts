import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "vscode-languageserver";
import { visibleText } from "../../words/visible-text.ts";
import type { Problem } from "../model/problem.ts";
import type { Places } from "./places.ts";

/** Publishes the problems of all owners at their current ranges. */
export class ProblemBoard {
  readonly #places: Places;
  readonly #publish: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #owned = new Map<string, readonly Problem[]>();
  readonly #published = new Map<string, readonly Diagnostic[]>();

  constructor(places: Places, publish: (uri: string, diagnostics: Diagnostic[]) => void) {
    this.#places = places;
    this.#publish = publish;
    places.onDidJump((uri) => {
      if (this.#published.delete(uri)) this.#publishFile(uri);
    });
  }

  /** Replaces all problems of an owner, and forgets places it no longer uses. */
  set(owner: string, problems: readonly Problem[]): void {
    const before = this.#owned.get(owner) ?? [];
    if (problems.length > 0) this.#owned.set(owner, problems);
    else this.#owned.delete(owner);
    const kept = new Set(problems.map(({ place }) => place));
    for (const { place } of before) if (!kept.has(place)) this.#places.forget(place);
    // Publishing a file resets what the editor has moved in it, so other owners' problems are included.
    for (const uri of new Set([...this.#published.keys(), ...problems.map(({ place }) => place.uri)])) this.#publishFile(uri);
  }

  #publishFile(uri: string): void {
    const diagnostics = [...this.#owned.values()].flatMap((problems) => shownIn(uri, problems));
    if (isDeepStrictEqual(diagnostics, this.#published.get(uri) ?? [])) return;
    if (diagnostics.length > 0) this.#published.set(uri, diagnostics);
    else this.#published.delete(uri);
    this.#publish(uri, diagnostics);
  }
}

/** The diagnostic at its current range, with controls in its texts as escapes: they come from errors, names and files. */
export function shownDiagnostic({ place: { range }, diagnostic }: Problem): Diagnostic {
  const { message, relatedInformation } = diagnostic;
  return {
    ...diagnostic,
    range,
    message: typeof message === "string" ? visibleText(message, "\n\t") : message,
    ...(relatedInformation && {
      relatedInformation: relatedInformation.map((related) => ({ ...related, message: visibleText(related.message, "\n\t") })),
    }),
  };
}

/** Several tasks that fail in the same way at the same place are shown once. */
function shownIn(uri: string, problems: readonly Problem[]): Diagnostic[] {
  const shown = new Map<string, Diagnostic>();
  for (const problem of problems) {
    if (problem.place.uri !== uri) continue;
    const diagnostic = shownDiagnostic(problem);
    const { range, code, message } = diagnostic;
    const key = JSON.stringify([range, code, message]);
    if (!shown.has(key)) shown.set(key, diagnostic);
  }
  return [...shown.values()];
}
