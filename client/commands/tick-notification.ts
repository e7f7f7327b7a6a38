import * as vscode from "vscode";
import type { ActionState, TaskState } from "../../server/protocol/folder-state.ts";
import { percentageOf } from "../../server/words/progress-words.ts";
import { executedIn } from "../model/executed.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";

/** Shows the progress of a folder's tick, with Cancel, until `tick` settles. */
export function showTickNotification<Result>(
  model: WorkspaceModel,
  folder: FolderModel,
  title: string,
  tick: (token: vscode.CancellationToken) => Promise<Result>,
): Thenable<Result> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let shown: string | undefined;
      const show = () => {
        const message = token.isCancellationRequested ? vscode.l10n.t("cancelling…") : progressInWords(folder);
        if (message !== undefined && message !== shown) progress.report({ message });
        shown = message;
      };
      show();
      const listening = [
        model.onChange((change) => change.kind === "folder" && change.folder === folder && show()),
        token.onCancellationRequested(show),
      ];
      try {
        return await tick(token);
      } finally {
        for (const listener of listening) listener.dispose();
      }
    },
  );
}

/** For example "2 of 5: nightly, CompressLogs 45% (17 files)"; `undefined` while the progress is unknown. */
function progressInWords(folder: FolderModel): string | undefined {
  const { tick } = folder.state;
  if (!tick) return undefined;
  const executed = executedIn(folder);
  const place = vscode.l10n.t("{done} of {total}", { done: Math.min(tick.done + 1, tick.total), total: tick.total });
  if (!executed) return tick.total > 0 ? place : undefined;
  return `${place}: ${currentInWords(executed.task, executed.action)}`;
}

function currentInWords(task: TaskState, { name, progress }: ActionState): string {
  const percentage = percentageOf(progress);
  const done = percentage === undefined ? "" : ` ${percentage}%`;
  return `${task.name}, ${name}${done}${progress?.message ? ` (${progress.message})` : ""}`;
}
