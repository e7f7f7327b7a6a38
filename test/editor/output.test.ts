import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension } from "./support/extension.ts";
import { openedFolder } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const TASK = `
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Speak extends BackgroundTaskExAction<{}> {
  executeAction() {
    console.log("\\u001b[32mgreen\\u001b[0m\\nand a second line");
    console.error("something to see to");
    return true;
  }
}
export class Speaking extends BackgroundTaskEx<{}> { static readonly actions = [Speak]; }
`;

describe("The output", () => {
  before(async () => {
    await extension().activate();
    await openedFolder().write("speak.task.ts", TASK);
  });
  after(() => vscode.workspace.fs.delete(vscode.Uri.file(openedFolder().path("speak.task.ts"))));

  it("has what user code prints, with who printed it, without colours of a terminal; stderr as a warning", async () => {
    await openedFolder().create("Speaking", {}, "--name", "speaker");
    await vscode.commands.executeCommand("backgroundTasks.showOutput");
    await vscode.commands.executeCommand("backgroundTasks.runTick");
    const text = () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "output" && /Background Tasks/.test(uri.path))?.getText();
    const shown = await until(
      vscode.workspace.onDidChangeTextDocument,
      () => {
        const current = text();
        return current?.includes("[speaker/Speak] something to see to") && current;
      },
      { what: "the output of the task", actual: text },
    );
    assert.match(shown, /\[info\] \[speaker\/Speak\] green\r?\n(?:\S+ \S+ \[info\] )?\[speaker\/Speak\] and a second line/);
    assert.match(shown, /\[warning\] \[speaker\/Speak\] something to see to/);
  });
});
