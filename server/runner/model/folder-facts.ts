import type { Severities } from "../../language/checks/severities.ts";
import type { TaskState } from "../../protocol/folder-state.ts";
import type { FolderSlices } from "./observed-folder.ts";

/** A snapshot of a folder's state for lenses, hovers and code actions. */
export interface FolderFacts extends FolderSlices {
  /** The displayed state of a task, including the progress of a running tick. */
  state(task: string): TaskState | undefined;
  /** Severities of the checks from the settings, or else from the configuration file. */
  readonly severities: Severities;
}
