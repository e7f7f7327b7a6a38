import type { Severities } from "../../language/checks/severities.ts";
import type { TaskState } from "../../protocol/folder-state.ts";
import type { FolderSlices } from "./observed-folder.ts";

/** The state of a folder at one moment, as lenses, hovers and code actions read it. */
export interface FolderFacts extends FolderSlices {
  /** A task as it is shown, with the progress of a tick under way. */
  state(task: string): TaskState | undefined;
  /** Of the checks, as the settings say, or else the configuration file. */
  readonly severities: Severities;
}
