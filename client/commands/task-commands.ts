import * as vscode from "vscode";
import type { TaskState } from "../../server/protocol/folder-state.ts";
import type { TaskRequestParams } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { type PickedTask, pickTask } from "../asking/pick-task.ts";
import { tick } from "./tick-commands.ts";

/** Retries a failed task, or one that waits for its next attempt. Starts at once unless a tick is running. */
export async function retryTask(context: CommandContext, argument: unknown): Promise<void> {
  const retried = await request(context, argument, "retry", {
    isMeant: ({ status, nextAttemptAt }) => status === "failed" || nextAttemptAt !== undefined,
    placeHolder: vscode.l10n.t("Select a task to retry"),
    nothing: vscode.l10n.t("No task has failed or is waiting for its next attempt."),
  });
  if (retried && !retried.folder.state.tick) await tick(context, retried.folder, { task: retried.task.id });
}

export const pauseTask = (context: CommandContext, argument: unknown): Promise<PickedTask | undefined> =>
  request(context, argument, "pause", {
    isMeant: ({ held, status }) => !held && status !== "damaged",
    placeHolder: vscode.l10n.t("Select a task to pause"),
    nothing: vscode.l10n.t("There are no tasks to pause."),
  });

export const resumeTask = (context: CommandContext, argument: unknown): Promise<PickedTask | undefined> =>
  request(context, argument, "resume", {
    isMeant: ({ held }) => held === true,
    placeHolder: vscode.l10n.t("Select a task to resume"),
    nothing: vscode.l10n.t("There are no tasks to resume."),
  });

/** Asks for confirmation, because the remaining actions of a cancelled task are never executed. */
export const cancelTask = (context: CommandContext, argument: unknown): Promise<PickedTask | undefined> =>
  request(context, argument, "cancel", {
    isMeant: ({ status }) => status !== "damaged",
    placeHolder: vscode.l10n.t("Select a task to cancel"),
    nothing: vscode.l10n.t("There are no tasks to cancel."),
    confirm: async (task) => {
      const cancel = vscode.l10n.t("Cancel Task");
      const message = vscode.l10n.t("Cancel the task {0}?", task.name);
      const detail = vscode.l10n.t("Its unfinished actions will not be executed. The task moves to the history.");
      return (await vscode.window.showWarningMessage(message, { modal: true, detail }, cancel)) === cancel;
    },
  });

interface Question {
  readonly isMeant: (task: TaskState) => boolean;
  readonly placeHolder: string;
  readonly nothing: string;
  readonly confirm?: (task: TaskState) => Promise<boolean>;
}

async function request(
  context: CommandContext,
  argument: unknown,
  kind: TaskRequestParams["kind"],
  question: Question,
): Promise<PickedTask | undefined> {
  const { folder, task } = await pickTask(context, targetOf(argument, context), question);
  if (question.confirm && !(await question.confirm(task))) return undefined;
  const params: TaskRequestParams = { folder: folder.uri, task: task.id, kind };
  await context.runner.request("taskRequest", params);
  return { folder, task };
}
