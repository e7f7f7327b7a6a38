import type picocolors from "picocolors";
import type { Wording } from "../../words/wording.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** How to format text for its destination. */
export interface Style {
  readonly colors: Colors;
  /** Width in terminal columns; infinite in a pipe, where nothing is truncated. */
  readonly columns: number;
  /** Absolute; paths below it are shown relative to it. */
  readonly directory: string;
  readonly wording: Wording;
}
