import type { CancellationToken } from "vscode-languageserver";
import { toHistoryJson } from "../protocol/json/history-json.ts";
import {
  type CreateTaskParams,
  type DebuggedParams,
  type DismissFailureParams,
  type EditParamsParams,
  type FailureParams,
  type FolderParams,
  type FolderSnapshot,
  type HistoryParams,
  notifications,
  type PrepareDebugParams,
  type RenameClassParams,
  type RunTickParams,
  requests,
  type TaskParams,
  type TaskRequestParams,
  type TrustParams,
} from "../protocol/runner-protocol.ts";
import { InputError } from "../service/index.ts";
import { handOver } from "./renames/hand-over.ts";
import { toResponseError } from "./response-error.ts";
import type { RunnerContext } from "./runner-context.ts";
import { editParams, requestOf, taskData } from "./task-requests.ts";
import { tickAnswer } from "./tick-answer.ts";
import { tickFilterOf } from "./tick-filter-of.ts";

/** Answers what clients ask beyond the Language Server Protocol (server/protocol/runner-protocol.ts). */
export function answerRequests(context: RunnerContext, onStateAsked: () => void): void {
  const { connection, folders, trust } = context;

  function answer<Params, Result>(method: string, handler: (params: Params, signal: AbortSignal) => Promise<Result>): void {
    // Without params the token is the only argument.
    connection.onRequest(method, async (...given: unknown[]) => {
      const [params, token] = [given.length > 1 ? given[0] : {}, given.at(-1)] as [Params, CancellationToken];
      const cancellation = new AbortController();
      token.onCancellationRequested(() => cancellation.abort());
      try {
        return await handler(params, cancellation.signal);
      } catch (error) {
        return toResponseError(error);
      }
    });
  }

  answer(requests.state, async (): Promise<FolderSnapshot[]> => {
    onStateAsked();
    return (await folders.all()).map((folder) => folder.snapshot());
  });
  answer(requests.runTick, async ({ folder, startedBy, ...filter }: RunTickParams, signal) =>
    tickAnswer(await (await folders.get(folder)).runTick({ startedBy, filter: tickFilterOf(filter), signal })),
  );
  answer(requests.cancelTick, async ({ folder }: FolderParams) => {
    await (await folders.get(folder)).ticks.cancel();
    return null;
  });
  answer(requests.createTask, async ({ folder, ...task }: CreateTaskParams) => (await folders.get(folder)).createTask(task));
  answer(requests.taskRequest, async ({ folder, kind, task }: TaskRequestParams) => {
    await requestOf(await folders.get(folder), trust, kind, task);
    return null;
  });
  answer(requests.editParams, async ({ folder, ...edit }: EditParamsParams) => {
    await editParams(await folders.get(folder), trust, edit);
    return null;
  });
  answer(requests.renameClass, async ({ folder, kind, from, to }: RenameClassParams) =>
    handOver(await folders.get(folder), trust, { of: kind, from, to }),
  );
  answer(requests.taskData, async ({ folder, task }: TaskParams) => taskData(await folders.get(folder), task));
  answer(requests.history, async ({ folder, limit }: HistoryParams) =>
    toHistoryJson(await (await folders.get(folder)).store.history(limit)),
  );
  answer(requests.dismissFailure, async ({ folder, task, action }: DismissFailureParams) => {
    const dismissed = await (await folders.get(folder)).dismiss(task, action);
    if (dismissed === 0) throw new InputError("There is no such failure any more.");
    return null;
  });
  answer(requests.refreshClasses, async ({ folder }: FolderParams) => {
    await (await folders.get(folder)).refreshClasses();
    return null;
  });
  answer(requests.prepareDebug, async ({ folder, ...filter }: PrepareDebugParams) => {
    trust.require("no tick is debugged");
    return (await folders.get(folder)).debugged.prepare(tickFilterOf(filter));
  });
  answer(requests.endDebug, async ({ folder, id }: DebuggedParams) => tickAnswer(await (await folders.get(folder)).debugged.end(id)));
  answer(requests.prepareDebugFailure, async ({ folder, task, action }: FailureParams) => {
    trust.require("no failure is debugged");
    return (await folders.get(folder)).debuggedFailures.prepare(task, action);
  });
  answer(requests.beginDebugFailure, async ({ folder, id }: DebuggedParams) => {
    (await folders.get(folder)).debuggedFailures.begin(id);
    return null;
  });
  answer(requests.endDebugFailure, async ({ folder, id }: DebuggedParams) => (await folders.get(folder)).debuggedFailures.end(id));
  connection.onNotification(notifications.trust, ({ trusted }: TrustParams) => trust.set(trusted));
}
