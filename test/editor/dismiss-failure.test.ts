import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { CurrentFailures } from "../../client/failures/current-failures.ts";
import { codeOf } from "../../client/failures/failure-counts.ts";
import { TasksTree } from "../../client/tree/tasks-tree.ts";
import type { TreeNode } from "../../client/tree/tree-node.ts";
import { wording } from "../client/support/states.ts";
import { untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const FILE = "to-be-dismissed.task.ts";
const FAILS = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class FailsTwice extends BackgroundTaskExAction {
  static readonly maxAttempts = 2;
  executeAction(): never { throw new Error("as ever"); }
}
export class ToBeDismissed extends BackgroundTaskEx {
  static readonly onActionFailed = "stop";
  static readonly actions = [FailsTwice];
}
`;

describe("Dismiss Failure", () => {
  const folder = openedFolder();
  const file = fileUri(FILE);
  let internals: ExtensionInternals;
  let tree: TasksTree;
  let failures: CurrentFailures;
  let id = "";

  before(async () => {
    internals = (await extension().activate()) as ExtensionInternals;
    tree = new TasksTree(internals.model, { isShown: () => true, wording: () => wording });
    failures = new CurrentFailures();
    await folder.write(FILE, FAILS);
    id = await folder.create("ToBeDismissed");
    await folder.cli("tick", "--task", id);
    await untilDiagnostics(file, "the failure", (diagnostics) => diagnostics.length === 1);
    await until(failures.onDidChange, () => failures.counts.willRetry > 0, { what: "its count" });
    await until(changed, () => rows().action, { what: "the rows of the task" });
  });

  after(async () => {
    tree.dispose();
    failures.dispose();
    await vscode.workspace.fs.delete(file);
    await folder.cli("cancel", id);
    await folder.cli("tick");
  });

  const changed: vscode.Event<unknown> = (listener) => internals.model.onChange(listener);
  const folderUri = () => openedWorkspaceFolder().uri.toString();
  const stored = () => internals.model.folder(folderUri())?.task(id);

  function rows(): { task?: TreeNode | undefined; action?: TreeNode | undefined } {
    const task = tree
      .getChildren()
      .flatMap((node) => tree.getChildren(node))
      .find((node) => node.kind === "task" && node.task === id);
    return { task, action: task && tree.getChildren(task)[0] };
  }

  function shown(): { description: string; color: string | undefined; context: string }[] {
    return Object.values(rows()).map((node) => {
      const { description, iconPath, contextValue } = tree.getTreeItem(node ?? assert.fail("There is no such row."));
      assert.ok(iconPath instanceof vscode.ThemeIcon);
      return { description: String(description), color: iconPath.color?.id, context: String(contextValue) };
    });
  }

  it("on the row of an action calms the tree, Problems and the counts together, and what failed stays written there", async () => {
    assert.ok(shown().every(({ color, context }) => color === "list.warningForeground" && / dismissible$/.test(context)));
    const { willRetry } = failures.counts;

    await vscode.commands.executeCommand("backgroundTasks.dismissFailure", rows().action);
    await untilDiagnostics(file, "nothing", (diagnostics) => diagnostics.length === 0);
    await until(changed, () => stored()?.actions[0]?.dismissed, { what: "the dismissed action" });
    await until(failures.onDidChange, () => failures.counts.willRetry === willRetry - 1, { what: "one failure less" });
    for (const { description, color, context } of shown()) {
      assert.match(description, /^dismissed · failed, will retry in the next tick · /);
      assert.equal(color, "testing.iconSkipped");
      assert.match(context, / failed$/);
    }
  });

  it("does not hide the next failure", async () => {
    const { failed } = failures.counts;
    await folder.cli("tick", "--task", id);
    const [failure] = await untilDiagnostics(file, "the next failure", (diagnostics) => diagnostics.length === 1);
    assert.equal(failure && codeOf(failure), "action-failed");
    await until(failures.onDidChange, () => failures.counts.failed === failed + 1, { what: "one failure more" });
    await until(changed, () => stored()?.status === "failed", { what: "the failed task" });
    assert.ok(shown().every(({ color, context }) => color === "testing.iconFailed" && / dismissible$/.test(context)));
  });
});
