import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { PARAMS_SCHEME } from "../../client/params/params-uri.ts";
import type { TaskJson } from "../../server/json/list-json.ts";
import { untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";
import { nextEvent, until } from "./support/until.ts";

const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class Chunk extends BackgroundTaskExAction<{ size: number; wanted: number }> {
  async executeAction() {
    return this.params.size === this.params.wanted;
  }
}

export class Chunks extends BackgroundTaskEx<{ size: number; wanted: number }> {
  static readonly actions = [Chunk];
}
`;

describe("The params of an action, as a document", () => {
  const folder = openedFolder();
  let internals: ExtensionInternals;
  let id: string;
  let document: vscode.TextDocument;

  before(async () => {
    await folder.write("chunks.task.ts", TASKS);
    internals = (await extension().activate()) as ExtensionInternals;
  });

  beforeEach(async () => {
    id = await folder.create("Chunks", { size: 64, wanted: 8 }, "--name", `chunks ${Date.now()}`);
    await folder.cli("tick", "--task", id);
    await until(changed, () => task()?.status === "paused", { what: "the paused task", actual: task });
    await vscode.commands.executeCommand("backgroundTasks.editParams", { ...target(), action: "a1" });
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.uri.scheme, PARAMS_SCHEME, "the params are not shown");
    document = shown;
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    if (task()) await folder.cli("cancel", id);
  });

  after(async () => {
    await vscode.workspace.fs.delete(vscode.Uri.file(folder.path("chunks.task.ts")));
    await folder.cli("tick");
  });

  const changed: vscode.Event<unknown> = (listener) => internals.model.onChange(listener);
  const target = () => ({ folder: openedWorkspaceFolder().uri.toString(), task: id });
  const task = () => internals.model.folder(target().folder)?.task(id);
  const storedParams = async () => (await folder.cli<TaskJson>("show", id)).actions[0]?.params;

  async function write(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const becomes = (text: string) =>
    until<unknown, true>(vscode.workspace.onDidChangeTextDocument, () => document.getText() === text || undefined, {
      what: `the text ${JSON.stringify(text)}`,
      actual: () => document.getText(),
    });

  it("shows them as JSON, named after the action", () => {
    assert.match(document.uri.path, /\/Chunk params\.json$/);
    assert.equal(document.languageId, "json");
    assert.equal(document.getText(), '{\n  "size": 64,\n  "wanted": 8\n}\n');
  });

  it("is saved to the task, as it is written, and used by the next tick", async () => {
    await write('{ "size": 8, "wanted": 8 }\n');
    assert.ok(await document.save());
    assert.equal(document.getText(), '{ "size": 8, "wanted": 8 }\n');
    assert.deepEqual(await storedParams(), { size: 8, wanted: 8 });
    await folder.cli("tick", "--task", id);
    await until(changed, () => !task(), { what: "the end of the task", actual: task });
  });

  it("that is no JSON keeps its text, and says what is wrong where it is", async () => {
    await write('{\n  "size": 8,\n  "wanted" 8\n}\n');
    assert.equal(await document.save(), false);
    assert.ok(document.isDirty);
    const [mistake] = await untilDiagnostics(document.uri, "the mistake", ({ length }) => length === 1);
    assert.match(mistake?.message ?? "", /Not valid JSON: colon expected/);
    assert.equal(mistake?.range.start.line, 2);
    assert.deepEqual(await storedParams(), { size: 64, wanted: 8 });
    await write('{\n  "size": 9,\n  "wanted": 8\n}\n');
    assert.ok(await document.save());
    await untilDiagnostics(document.uri, "nothing", ({ length }) => length === 0);
  });

  it("that the engine refuses says why", async () => {
    await write("[1]\n");
    assert.equal(await document.save(), false);
    const [refusal] = await untilDiagnostics(document.uri, "the refusal", ({ length }) => length === 1);
    assert.match(refusal?.message ?? "", /must be a JSON object, as they are now, not \[1\]/);
    await write('{ "size": 64, "wanted": 8 }');
    await document.save();
  });

  it("follows what others make of them", async () => {
    await folder.cli("edit", id, "--params", '{"size":32,"wanted":8}');
    await becomes('{\n  "size": 32,\n  "wanted": 8\n}\n');
    assert.ok(!document.isDirty);
  });

  it("says when its task has ended, and saves nothing any more", async () => {
    await folder.cli("cancel", id);
    const [end] = await untilDiagnostics(document.uri, "the end", ({ length }) => length === 1);
    assert.match(end?.message ?? "", /has ended: cancelled/);
    assert.equal(end?.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(JSON.parse(document.getText()), { size: 64, wanted: 8 });
    await write('{ "size": 1, "wanted": 8 }');
    assert.equal(await document.save(), false);
    assert.equal(document.getText(), '{ "size": 1, "wanted": 8 }');
  });

  it("is seen in the data of the task, which follows it", async () => {
    await vscode.commands.executeCommand("backgroundTasks.showTaskData", target());
    const data = vscode.window.activeTextEditor?.document;
    assert.ok(data && data !== document);
    await write('{ "size": 7, "wanted": 8 }');
    const followed = nextEvent(vscode.workspace.onDidChangeTextDocument, (event) => event.document === data, { what: "new data" });
    assert.ok(await document.save());
    await followed;
    const [action] = JSON.parse(data.getText()).actions;
    assert.deepEqual(action.params, { size: 7, wanted: 8 });
    assert.deepEqual(action.edits[0].before, { size: 64, wanted: 8 });
    assert.deepEqual(action.attempts[0].params, { size: 64, wanted: 8 });
  });
});
