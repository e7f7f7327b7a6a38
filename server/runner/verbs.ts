import { toHistoryJson } from "../protocol/json/history-json.ts";
import type { FolderParams, ParamsOf, ResultOf, Verb } from "../protocol/runner-protocol.ts";
import { InputError } from "../service/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import { handOver } from "./renames/hand-over.ts";
import { editParams, requestOf, taskData } from "./task-requests.ts";
import { tickAnswer } from "./tick-answer.ts";
import { tickFilterOf } from "./tick-filter-of.ts";
import type { Trust } from "./trust.ts";

/** The verbs that are about one folder. */
export type FolderVerb = { [V in Verb]: ParamsOf<V> extends FolderParams ? V : never }[Verb];

/** What a verb is told beside the folder. */
export type FolderVerbParams<V extends FolderVerb> = Omit<ParamsOf<V>, "folder">;

/** One use of a verb. */
export interface VerbCall {
  readonly folder: FolderRunner;
  readonly trust: Trust;
  /** Aborts when the caller cancels. */
  readonly signal: AbortSignal;
}

export type Verbs = { readonly [V in FolderVerb]: (params: FolderVerbParams<V>, call: VerbCall) => Promise<ResultOf<V>> };

/** What the runner does with a folder when it is asked to. @throws InputError, ConfigError, StoreError, WorkerError */
export const verbs: Verbs = {
  runTick: async ({ startedBy, ...filter }, { folder, signal }) =>
    tickAnswer(await folder.runTick({ startedBy, filter: tickFilterOf(filter), signal })),
  cancelTick: async (_, { folder }) => {
    await folder.ticks.cancel();
    return null;
  },
  createTask: (task, { folder }) => folder.createTask(task),
  taskRequest: async ({ kind, task }, { folder, trust }) => {
    await requestOf(folder, trust, kind, task);
    return null;
  },
  editParams: async (edit, { folder, trust }) => {
    await editParams(folder, trust, edit);
    return null;
  },
  renameClass: ({ kind, from, to }, { folder, trust }) => handOver(folder, trust, { of: kind, from, to }),
  taskData: ({ task }, { folder }) => taskData(folder, task),
  history: async ({ limit }, { folder }) => toHistoryJson(await folder.store.history(limit)),
  dismissFailure: async ({ task, action }, { folder }) => {
    if ((await folder.dismiss(task, action)) === 0) throw new InputError("There is no such failure any more.");
    return null;
  },
  refreshClasses: async (_, { folder }) => {
    await folder.refreshClasses();
    return null;
  },
  prepareDebug: async (filter, { folder, trust }) => {
    trust.require("no tick is debugged");
    return folder.debugged.prepare(tickFilterOf(filter));
  },
  endDebug: async ({ id }, { folder }) => tickAnswer(await folder.debugged.end(id)),
  prepareDebugFailure: async ({ task, action }, { folder, trust }) => {
    trust.require("no failure is debugged");
    return folder.debuggedFailures.prepare(task, action);
  },
  beginDebugFailure: async ({ id }, { folder }) => {
    folder.debuggedFailures.begin(id);
    return null;
  },
  endDebugFailure: ({ id }, { folder }) => folder.debuggedFailures.end(id),
};
