import type { Diagnostic, Range } from "vscode-languageserver";
import type { Failure } from "./failure.ts";

/** A range in a file, which moves with the text. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly uri: string;
  /** In the editor's text, or in the saved one if the file is not open. */
  readonly range: Range;
}

/** A diagnostic at a place. */
export interface Problem {
  readonly place: Place;
  readonly diagnostic: Omit<Diagnostic, "range">;
}

/** A failure and how it is shown. */
export interface ShownFailure extends Problem {
  readonly failure: Failure;
}
