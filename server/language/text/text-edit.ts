import type { Range } from "./position.ts";

/** Replaces a range. Several edits of one text refer to positions before any of them is applied, and do not overlap. */
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
