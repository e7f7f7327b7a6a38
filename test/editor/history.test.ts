import assert from "node:assert/strict";
import * as vscode from "vscode";
import { listEntries } from "../../client/history/history-list.ts";
import { HistoryTree } from "../../client/history/history-tree.ts";
import type { HistoryJson } from "../../server/json/history-json.ts";
import { wording } from "../client/support/states.ts";
import { extension } from "./support/extension.ts";
import { openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";

describe("The history view, as the editor asks for it", () => {
  const tree = new HistoryTree(() => wording);
  after(() => tree.dispose());

  before("a task that fails for good", async () => {
    await extension().activate();
    const folder = openedFolder();
    const id = await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "for the history");
    await folder.cli("drain");
    const { entries } = await folder.cli<HistoryJson>("history");
    const { uri, name } = openedWorkspaceFolder();
    const ofTask = entries.filter((entry) => entry.id === id);
    tree.show({ ...listEntries([{ folder: uri.toString(), name, entries: ofTask }], 10), isOfMany: false });
  });

  it("has a row for the task and one for each of its actions", () => {
    const [entry] = tree.getChildren();
    assert.ok(entry);
    const item = tree.getTreeItem(entry);
    assert.equal(item.label, "for the history");
    assert.match(String(item.description), /^finished with failures · \d+ ticks? · /);
    assert.equal(item.contextValue, "entry");
    const [action] = tree.getChildren(entry);
    assert.ok(action);
    assert.match(String(tree.getTreeItem(action).description), /^failed · 2 attempts · .* is not valid JSON$/);
  });

  it("leads from an action to the line that threw", async () => {
    const [action] = tree.getChildren(tree.getChildren()[0]);
    assert.ok(action);
    const { command } = tree.getTreeItem(action);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const line = await openedFolder().lineOf("fails-on-purpose.task.ts", "fails here, on purpose");
    assert.deepEqual(
      [vscode.workspace.asRelativePath(editor.document.uri), editor.selection.active.line],
      ["fails-on-purpose.task.ts", line],
    );
  });
});
