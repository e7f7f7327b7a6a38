import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TasksTree } from "../../client/tree/tasks-tree.ts";
import type { TreeNode } from "../../client/tree/tree-node.ts";
import { actionState, FOLDER, taskState, tickState, wording, workspaceModel } from "../client/support/states.ts";
import { nextEvent } from "./support/until.ts";

const classes = [{ kind: "task", name: "Nightly" }] as const;
const error = { name: "TypeError", message: "no **table** <b>[x](command:evil)</b>", file: "/shop/a.task.ts", line: 7, column: 3 };
const failed = taskState({
  status: "running",
  currentAction: "compress",
  actions: [actionState({ attempt: 2, maxAttempts: 5, error })],
});

describe("The tree of the tasks view, as the editor asks for it", () => {
  let isShown = true;
  const model = workspaceModel({ classes, tasks: [failed] });
  const tree = new TasksTree(model, { isShown: () => isShown, wording: () => wording });
  after(() => tree.dispose());

  function nodes(): { nightly: TreeNode; task: TreeNode; action: TreeNode } {
    const [nightly] = tree.getChildren();
    const [task] = tree.getChildren(nightly);
    const [action] = tree.getChildren(task);
    assert.ok(nightly && task && action);
    return { nightly, task, action };
  }

  it("has classes and failed tasks open, and icons that follow the theme", () => {
    const { nightly, task, action } = nodes();
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const items = [nightly, task, action].map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ collapsibleState }) => collapsibleState),
      [Expanded, Expanded, None],
    );
    const icon = items[2]?.iconPath;
    assert.ok(icon instanceof vscode.ThemeIcon);
    assert.deepEqual([icon.id, icon.color?.id], ["warning", "list.warningForeground"]);
  });

  it("opens the source of an action by a click, with the row as argument", () => {
    const { action } = nodes();
    const { command, contextValue, accessibilityInformation } = tree.getTreeItem(action);
    assert.equal(command?.command, "backgroundTasks.openSource");
    assert.deepEqual(command?.arguments, [{ kind: "action", folder: FOLDER, class: "Nightly", task: "t1", action: "compress" }]);
    assert.equal(contextValue, "action runnable pausable cancellable editable failed dismissible");
    assert.match(accessibilityInformation?.label ?? "", /^CompressLogs, failed, will retry/);
  });

  it("makes a tooltip when it is asked for one, of which nothing that an error says becomes markup", () => {
    const { action } = nodes();
    const item = tree.getTreeItem(action);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = tree.resolveTreeItem(item, action);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
    assert.match(tooltip.value, /\/shop\/a\.task\.ts:7/);
    assert.doesNotMatch(tooltip.value, /\*\*table\*\*|<b>|\[x\]\(command/);
  });

  it("tells of changes that come together at once, and by the rows that the editor knows", async () => {
    const { task } = nodes();
    const told: unknown[] = [];
    const listening = tree.onDidChangeTreeData((changed) => told.push(changed));
    const change = nextEvent(tree.onDidChangeTreeData, () => true, { what: "a change of the tree" });
    model.apply({ uri: FOLDER, revision: 2, set: { tick: tickState() } });
    for (let done = 1; done <= 10; done++) {
      const progressed = { ...failed, actions: [actionState({ progress: { done, total: 10 } })] };
      model.apply({ uri: FOLDER, revision: 2 + done, tasks: [progressed] });
    }
    await change;
    listening.dispose();
    assert.deepEqual(told, [[task]]);
    assert.equal((told[0] as TreeNode[])[0], task);
    assert.equal(tree.getTreeItem(task).description, "running · 100%");
  });

  it("has no rows while a welcome content takes its place", () => {
    isShown = false;
    assert.deepEqual(tree.getChildren(), []);
    isShown = true;
  });
});
