import type { Json } from "../authoring/index.ts";
import { toHistoryJson } from "../json/history-json.ts";
import { type ListJson, toListJson } from "../json/list-json.ts";
import { toTaskDataJson } from "../json/task-data-json.ts";
import type { FolderParams, ParamsOf, Requests, TickFilterParams, Verb } from "../protocol/runner-protocol.ts";
import { currentHistory, currentTasks, findStored, InputError, type TickFilter } from "../service/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import { handOver } from "./hand-over.ts";
import { tickAnswer } from "./tick-answer.ts";
import type { Trust } from "./trust.ts";
import type { ShownProgress } from "./work-done-progress.ts";

/** The requests about one folder. */
export type FolderRequest = { [V in Verb]: ParamsOf<V> extends FolderParams ? V : never }[Verb];

/** What can be requested for a folder: by our own client as a request, or by any client as a command. */
interface FolderVerbs extends Pick<Requests, FolderRequest> {
  readonly list: { readonly params: FolderParams; readonly result: ListJson };
}

export type FolderVerb = keyof FolderVerbs;
/** Excludes the folder, which has already been found. */
export type FolderVerbParams<V extends FolderVerb> = Omit<FolderVerbs[V]["params"], "folder">;
export type FolderVerbResult<V extends FolderVerb> = FolderVerbs[V]["result"];

/** One call of a verb. */
export interface VerbCall {
  readonly folder: FolderRunner;
  readonly trust: Trust;
  /** Aborts when the caller cancels. */
  readonly signal: AbortSignal;
  /** Shows a running tick; omitted if the client draws its progress itself. */
  readonly showTick?: () => Promise<ShownProgress>;
}

export type RunVerb = <V extends FolderVerb>(verb: V, params: FolderVerbParams<V>) => Promise<FolderVerbResult<V>>;

export type Verbs = { readonly [V in FolderVerb]: (params: FolderVerbParams<V>, call: VerbCall) => Promise<FolderVerbResult<V>> };

/** The verbs of a folder. They throw InputError, ConfigError, StoreError and WorkerError. */
export const verbs: Verbs = {
  runTick: async ({ startedBy, ...filter }, { folder, trust, signal, showTick }) => {
    trust.require("run a tick");
    const shown = await showTick?.();
    try {
      const report = await folder.runTick({
        startedBy,
        filter: tickFilterOf(filter),
        signal: shown ? AbortSignal.any([signal, shown.signal]) : signal,
        ...(shown && { onEvent: shown.report }),
      });
      const doubtfulClaim = report.outcome === "locked" ? await folder.store.doubtfulClaim() : undefined;
      return { ...tickAnswer(report), ...(doubtfulClaim !== undefined && { doubtfulClaim }) };
    } finally {
      shown?.done();
    }
  },
  cancelTick: async (_, { folder }) => {
    await folder.ticks.cancel();
    return null;
  },
  createTask: (task, { folder }) => folder.createTask(task),
  taskRequest: async ({ kind, task }, { folder }) => {
    await folder.request(kind, task);
    return null;
  },
  editParams: async ({ task, action, params, before }, { folder }) => {
    if (params === undefined) throw new InputError("Specify the params: { params: … } is missing.");
    // Values from messages are JSON.
    await folder.editParams(task, { action, params: params as Json, before: before as Json | undefined });
    return null;
  },
  renameClass: ({ kind, from, to }, { folder, trust }) => handOver(folder, trust, { of: kind, from, to }),
  taskData: async ({ task }, { folder }) => toTaskDataJson(await findStored(folder.store, task)),
  list: async (_, { folder }) => {
    const { tasks, damaged } = currentTasks(await folder.store.read());
    return toListJson(tasks, damaged);
  },
  history: async ({ limit }, { folder }) => toHistoryJson(await currentHistory(folder.store, { limit })),
  dismissFailure: async ({ task, action }, { folder }) => {
    if ((await folder.dismiss(task, action)) === 0) throw new InputError(`Task ${task} no longer has this failure.`);
    return null;
  },
  refreshClasses: async (_, { folder }) => {
    await folder.refreshClasses();
    return null;
  },
  prepareDebug: async (filter, { folder, trust }) => {
    trust.require("debug a tick");
    return folder.debugged.prepare(tickFilterOf(filter));
  },
  endDebug: async ({ id }, { folder }) => tickAnswer(await folder.debugged.end(id)),
  prepareDebugFailure: async ({ task, action }, { folder, trust }) => {
    trust.require("debug a failure");
    return folder.debuggedFailures.prepare(task, action);
  },
  beginDebugFailure: async ({ id }, { folder }) => {
    folder.debuggedFailures.begin(id);
    return null;
  },
  endDebugFailure: ({ id }, { folder }) => folder.debuggedFailures.end(id),
};

/** Keeps what the client specified. */
function tickFilterOf({ task, class: className }: TickFilterParams): TickFilter {
  return { ...(task !== undefined && { task }), ...(className !== undefined && { class: className }) };
}
