import type picocolors from "picocolors";
import type { Wording } from "../../words/wording.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** How text shall look where it is going. */
export interface Style {
  readonly colors: Colors;
  /** Width in terminal columns; infinite in a pipe, where nothing is cut short. */
  readonly columns: number;
  /** Paths below it are shown relative to it. Absolute. */
  readonly directory: string;
  readonly wording: Wording;
}
