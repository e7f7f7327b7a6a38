import type { Severities } from "../../language/checks/severities.ts";
import type { ClassState, TaskState, TickState } from "../../protocol/folder-state.ts";
import type { LoadProblem } from "../../protocol/tick-event.ts";
import type { HistoryEntry, TaskRecord } from "../../store/index.ts";
import type { ShownFailure } from "../problems/failures.ts";

/** What is known of a folder beside the texts of its files, as it is now. */
export interface FolderFacts {
  readonly uri: string;
  readonly name: string;
  /** Whether anything may be executed. */
  readonly isTrusted: boolean;
  /** Absolute paths. */
  readonly taskFiles: readonly string[];
  /** As the files export them that are on the disk; nothing that is being written. */
  readonly classes: readonly ClassState[];
  /** Whether the files were looked into. */
  readonly areClassesKnown: boolean;
  readonly loadProblems: readonly LoadProblem[];
  readonly tasks: readonly TaskRecord[];
  /** A task as it is shown, with the progress of a tick under way. */
  state(task: string): TaskState | undefined;
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** What is failed at this moment, without what was dismissed. */
  readonly failures: readonly ShownFailure[];
  readonly tick: TickState | null;
  /** Of the checks, as the settings say, or else the configuration file. */
  readonly severities: Severities;
}
