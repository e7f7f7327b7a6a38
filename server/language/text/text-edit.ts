import type { Range } from "./position.ts";

/** Replaces what is in the range. Several edits of one text mean positions before any of them is made, and do not overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Edits of one file. */
export interface FileEdit {
  /** Absolute path. */
  readonly file: string;
  readonly edits: readonly TextEdit[];
}
