import { type Disposable, Emitter, type Event } from "vscode-languageserver";
import type { ClassState, NodeState, TickState } from "../../protocol/folder-state.ts";
import type { LoadProblem, TickEvent } from "../../protocol/tick-event.ts";
import type { DamagedTask, HistoryEntry, ScheduleRecord, TaskRecord } from "../../store/index.ts";
import type { WorkspaceDescription } from "../../worker/channel/workspace-description.ts";
import type { ConfigError, WorkspaceConfig } from "../../workspace/index.ts";
import type { DismissedMarks } from "./failure.ts";
import type { FolderSettings } from "./folder-settings.ts";
import type { ShownFailure } from "./problem.ts";

/** Exports and imports of a folder's task files. */
export type Catalog = WorkspaceDescription;

export const EMPTY_CATALOG: Catalog = { classes: [], imports: [], problems: [] };

export type ActionProgressed = Extract<TickEvent, { kind: "action-progressed" }>;

/** Everything known about a folder, except the texts of its files. Each slice is written by one part, and replaced as a whole. */
export interface FolderSlices {
  /** As given by the client. */
  readonly uri: string;
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
  readonly settings: FolderSettings;
  /** Whether code may be executed. */
  readonly isTrusted: boolean;

  /** A new list after each read of the store. */
  readonly tasks: readonly TaskRecord[];
  readonly damaged: readonly DamagedTask[];
  readonly schedules: readonly ScheduleRecord[];
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly dismissals: DismissedMarks;
  readonly storeProblem: string | undefined;

  /** Absolute paths; a new list after each scan. */
  readonly taskFiles: readonly string[];
  /** Files that had changed at the last scan; empty if they are only loaded again. Not set by the first scan. */
  readonly editedFiles: readonly string[];
  /** `undefined` while the configuration file is invalid. */
  readonly config: WorkspaceConfig | undefined;
  readonly configError: ConfigError | undefined;
  /** For the saved files, as loaded by a worker. */
  readonly catalog: Catalog;
  readonly classes: readonly ClassState[];
  /** Whether the files have been loaded. */
  readonly areClassesKnown: boolean;
  readonly loadProblems: readonly LoadProblem[];
  /** Why nothing could be loaded. */
  readonly classesProblem: string | undefined;

  readonly node: NodeState;
  readonly tick: TickState | null;
  /** Progress of the action that a tick of this runner is executing: events report it long before the store does. */
  readonly progress: ActionProgressed | undefined;

  /** Excludes dismissed ones. */
  readonly failures: readonly ShownFailure[];
}

export type FolderKey = keyof FolderSlices;

/** The state of a folder. Sources write slices, views follow them. */
export class ObservedFolder {
  readonly #changed = new Emitter<ReadonlySet<FolderKey>>();
  #slices: FolderSlices;

  constructor(known: Pick<FolderSlices, "uri" | "name" | "directory" | "settings" | "isTrusted">) {
    this.#slices = { ...NOTHING_KNOWN, ...known };
  }

  /** A snapshot; changes replace it. */
  get slices(): FolderSlices {
    return this.#slices;
  }

  /** Fires after each change with the keys of the slices that were replaced. */
  get onDidChange(): Event<ReadonlySet<FolderKey>> {
    return this.#changed.event;
  }

  /** Listeners are called before this returns. */
  set(slices: Partial<FolderSlices>): void {
    const keys = (Object.keys(slices) as FolderKey[]).filter((key) => slices[key] !== this.#slices[key]);
    if (keys.length === 0) return;
    this.#slices = { ...this.#slices, ...slices };
    this.#changed.fire(new Set(keys));
  }

  /** Calls back after each change of one of the slices. */
  follow(keys: readonly FolderKey[], listener: (slices: FolderSlices) => void): Disposable {
    return this.onDidChange((changed) => {
      if (keys.some((key) => changed.has(key))) listener(this.#slices);
    });
  }
}

const NOTHING_KNOWN: Omit<FolderSlices, "uri" | "name" | "directory" | "settings" | "isTrusted"> = {
  tasks: [],
  damaged: [],
  schedules: [],
  history: [],
  dismissals: {},
  storeProblem: undefined,
  taskFiles: [],
  editedFiles: [],
  config: undefined,
  configError: undefined,
  catalog: EMPTY_CATALOG,
  classes: [],
  areClassesKnown: false,
  loadProblems: [],
  classesProblem: undefined,
  node: {},
  tick: null,
  progress: undefined,
  failures: [],
};
