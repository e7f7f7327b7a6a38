import type { TaskType } from "../authoring/index.ts";
import type { OutputEvent, TickEvent } from "../protocol/tick-event.ts";
import type { TickFilter } from "../service/tick/tick-filter.ts";
import type { TickDebugging } from "./debug/tick-debugging.ts";

export interface SupervisorOptions {
  /** Absolute path of the workspace folder; workers run in it. */
  readonly workspace: string;
  /** The Node that executes user code. Default: the one that executes this. */
  readonly nodePath?: string;
  /** Options for that Node, e.g. `--max-old-space-size=512`. */
  readonly execArgv?: readonly string[];
  /** The worker's bundle. Default: the one beside this. */
  readonly workerPath?: string;
  /** Glob patterns of task files. This and the next two: where left out, what the workspace's configuration says counts, then a default. */
  readonly include?: readonly string[];
  readonly durability?: "power" | "process";
  /** Milliseconds a worker that is still busy after its deadline, or after a cancel, is left alone. Default 5,000. */
  readonly graceMs?: number;
  /** The environment of user code. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Told what `createTask` and `describe` print; a tick tells by its own events. */
  readonly onOutput?: (output: OutputEvent) => void;
}

export interface TickOptions {
  readonly filter?: TickFilter;
  /** Milliseconds. Default: what the workspace's configuration says, then 30,000. */
  readonly maxExecutionTimeMs?: number;
  /** Aborts to cancel the tick: what is executed is paused and saved. */
  readonly signal?: AbortSignal;
  /** A debugger watches. */
  readonly debugging?: TickDebugging;
  /** Told what happens while it happens. Must not throw. */
  readonly onEvent?: (event: TickEvent) => void;
}

export interface NewTask {
  /** The name of an exported task class. */
  readonly class: string;
  readonly params: unknown;
  readonly name?: string;
  /** Default `cron`. */
  readonly type?: TaskType;
}
