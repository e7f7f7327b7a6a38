import type { ClassDescription } from "../service/class-description.ts";
import type { LoadProblem } from "./loading/load-problem.ts";

/** What the task files of a workspace offer, as plain JSON. */
export interface WorkspaceDescription {
  readonly classes: readonly ClassDescription[];
  /** Task files that cannot be used. */
  readonly problems: readonly LoadProblem[];
}
