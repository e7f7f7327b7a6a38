import type { TaskType } from "../authoring/index.ts";
import type { OutputEvent, TickEvent } from "../protocol/tick-event.ts";
import type { TickFilter } from "../service/tick/tick-filter.ts";
import type { TickDebugging } from "./debug/tick-debugging.ts";

export interface SupervisorOptions {
  /** Absolute path of the workspace folder; workers run in it. */
  readonly workspace: string;
  /** Absolute path. Default: `.background-tasks` in the workspace. */
  readonly storeDirectory?: string;
  /** The directory of the built task files: absolute path. Default: in the store. */
  readonly cacheDirectory?: string;
  /** The Node that executes user code. Default: the one executing this. */
  readonly nodePath?: string;
  /** Options for that Node, for example `--max-old-space-size=512`. */
  readonly execArgv?: readonly string[];
  /** The worker's bundle. Default: the one beside this file. */
  readonly workerPath?: string;
  /** Glob patterns of task files. If this or one of the next two is omitted, the workspace's configuration applies, then a default. */
  readonly include?: readonly string[];
  readonly durability?: "power" | "process";
  /** Milliseconds a worker may stay busy after its deadline, or after a cancel, before it is terminated. Default 5,000. */
  readonly graceMs?: number;
  /** The environment of user code. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with the output of `createTask` and `describe`; ticks use their own events. */
  readonly onOutput?: (output: OutputEvent) => void;
}

export interface TickOptions {
  readonly filter?: TickFilter;
  /** Milliseconds. Default: the workspace's configuration, then 30,000. */
  readonly maxExecutionTimeMs?: number;
  /** Aborts to cancel the tick: the running action is paused and saved. */
  readonly signal?: AbortSignal;
  /** Set when a debugger is used. */
  readonly debugging?: TickDebugging;
  /** Called for each event as it happens. Must not throw. */
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

export interface DescribeOptions {
  /** The maximum number of future times of each schedule; default: five. */
  readonly occurrences?: number | undefined;
}
