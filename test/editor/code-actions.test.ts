import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder, showFile } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const FILE = "mended.task.ts";
const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class Mend extends BackgroundTaskExAction<{ broken: boolean }> {
  static readonly maxAttempts = 3;

  async executeAction() {
    while (this.params.broken) await this.checkpoint();
    throw new Error("not to be mended");
  }
}

export class Mends extends BackgroundTaskEx<{ broken: boolean }> {
  static readonly actions = [Mend];
}
`;

describe("Code actions in the editor", () => {
  const folder = openedFolder();
  let internals: ExtensionInternals;
  let editor: vscode.TextEditor;
  let id: string;

  before(async () => {
    internals = (await extension().activate()) as ExtensionInternals;
    await folder.write(FILE, TASKS);
    id = await folder.create("Mends", { broken: false }, "--name", "mended");
    editor = await showFile(FILE);
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.workspace.fs.delete(fileUri(FILE));
    if (task()) await folder.cli("cancel", id);
    await folder.cli("tick");
  });

  const task = () => internals.model.folder(openedWorkspaceFolder().uri.toString())?.task(id);
  const hasCode = (code: string) => (diagnostic: vscode.Diagnostic) =>
    (typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code) === code;
  const found = async (code: string) => {
    const all = await untilDiagnostics(fileUri(FILE), code, (diagnostics) => diagnostics.some(hasCode(code)));
    return all.find(hasCode(code)) as vscode.Diagnostic;
  };
  const gone = (code: string) => untilDiagnostics(fileUri(FILE), `no ${code}`, (diagnostics) => !diagnostics.some(hasCode(code)));
  /** By their titles; the editor's own language support may have some as well. */
  async function quickFixes(range: vscode.Range): Promise<ReadonlyMap<string, vscode.CodeAction>> {
    const kind = vscode.CodeActionKind.QuickFix.value;
    const ask = () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", editor.document.uri, range, kind);
    for (;;) {
      try {
        return new Map((await ask()).map((action) => [action.title, action]));
      } catch (error) {
        // Another extension has begun to offer some, which makes the editor give up what it was asking for.
        if (!isCancellation(error)) throw error;
      }
    }
  }

  /** What comes from the window is not always of the class that is thrown here. */
  function isCancellation(error: unknown): boolean {
    return error instanceof vscode.CancellationError || (error instanceof Error && error.message === "Canceled");
  }

  it("mend what a check has found", async () => {
    const { range } = await found("loop-ignores-deadline");
    const actions = await quickFixes(range);
    assert.deepEqual([...actions.keys()], ["Pause when the deadline is reached", "Ignore loop-ignores-deadline here"]);
    const fix = actions.get("Pause when the deadline is reached");
    assert.ok(fix?.edit && fix.isPreferred);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await gone("loop-ignores-deadline");
    assert.match(editor.document.getText(), /while \(this.params.broken\) \{ if \(this.signal.aborted\) return false;/);
    await editor.document.save();
  });

  it("retry, debug, repair, explain and dismiss what has failed", async () => {
    await vscode.commands.executeCommand("backgroundTasks.runTick");
    const { range } = await found("action-will-retry");
    const actions = await quickFixes(range);
    assert.deepEqual(
      [...actions].map(([title, { command }]) => [title, command?.command]),
      [
        ["Retry now", "backgroundTasks.runTask"],
        ["Debug failure", "backgroundTasks.debugFailure"],
        ["Edit params…", "backgroundTasks.editParams"],
        ["Show task data", "backgroundTasks.showTaskData"],
        ["Dismiss", "backgroundTasks.dismissFailure"],
        ["Implement changeActionParamsOnError", undefined],
      ],
    );
  });

  it("are where diagnostic and hover are, while somebody writes in the failing line", async () => {
    const { document } = editor;
    await found("action-will-retry");
    const at = document.positionAt(document.getText().indexOf("not to be mended"));
    const fixes = [...(await quickFixes(new vscode.Range(at, at))).keys()];
    assert.ok(await editor.edit((edit) => edit.insert(at, "x")));
    const failures = await untilDiagnostics(fileUri(FILE), "the failure in its line", (all) =>
      all.some((one) => hasCode("action-will-retry")(one) && one.range.contains(at)),
    );
    assert.equal(failures.filter(hasCode("action-will-retry")).length, 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
    const texts = hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === "string" ? content : content.value));
    assert.ok(
      texts.some((text) => text.includes("**Mend** · attempt 1 of 3 failed")),
      texts.join("\n\n"),
    );
    assert.deepEqual([...(await quickFixes(new vscode.Range(at, at))).keys()], fixes);
    await vscode.commands.executeCommand("undo");
    assert.ok(!document.isDirty);
  });

  it("are commands that the extension executes", async () => {
    const execute = async (title: string) => {
      const { range } = await found("action-will-retry");
      const command = (await quickFixes(range)).get(title)?.command;
      assert.ok(command, title);
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    };
    const { attempt = 0 } = task()?.actions[0] ?? {};
    await execute("Retry now");
    await until(
      (listener) => internals.model.onChange(listener),
      () => task()?.actions[0]?.attempt === attempt + 1,
      { what: "the next attempt" },
    );
    await execute("Show task data");
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /"not to be mended"/);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await execute("Dismiss");
    await gone("action-will-retry");
  });
});
