import type { ClassDescription } from "../../service/classes/class-description.ts";
import type { FileImports } from "../../workspace/import-graph.ts";
import type { LoadProblem } from "../loading/load-problem.ts";

/** The exports of a workspace's task files, as plain JSON. */
export interface WorkspaceDescription {
  readonly classes: readonly ClassDescription[];
  /** Which source of the workspace imports which, as far as task files need them. Absolute paths. */
  readonly imports: readonly FileImports[];
  /** Task files that cannot be used. */
  readonly problems: readonly LoadProblem[];
}
