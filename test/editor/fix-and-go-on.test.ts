import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { failureNotes } from "../../client/failures/failure-note.ts";
import type { ModelChange } from "../../client/model/workspace-model.ts";
import { ourDiagnostics, untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder, showFile } from "./support/opened-folder.ts";
import { nextEvent, until } from "./support/until.ts";

const FOLDER = "fix-and-go-on";
const FILE = `${FOLDER}/tasks/weigh.task.ts`;
const OTHER = `${FOLDER}/tasks/pack.task.ts`;
const IMPORTED = `${FOLDER}/lib/limits.ts`;
const FAILING_LINE = 'throw new Error("too heavy")';

const taskFile = (action: string, task: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
import { heaviest } from "../lib/limits.ts";

export class ${action} extends BackgroundTaskExAction {
  static readonly retryDelay = 3_600_000;
  executeAction() {
    if (heaviest < 2) ${FAILING_LINE};
    return true;
  }
}
export class ${task} extends BackgroundTaskEx { static readonly actions = [${action}]; }
`;
const limits = (heaviest: number) => `export const heaviest = ${heaviest};\n`;

describe("Saving a task file with the setting autoTick: onSave", () => {
  const folder = openedFolder();
  const file = fileUri(FILE);
  let internals: ExtensionInternals;
  let automaticTicks = 0;
  const listening: vscode.Disposable[] = [];

  const changed: vscode.Event<ModelChange> = (listener) => internals.model.onChange(listener);
  const model = () => internals.model.folder(openedWorkspaceFolder().uri.toString());
  const tasksOf = (className: string) => model()?.tasksOf(className) ?? [];
  const setting = () => vscode.workspace.getConfiguration("backgroundTasks", openedWorkspaceFolder());
  const attemptsOf = (className: string) => tasksOf(className).map(({ actions }) => actions[0]?.attempt);

  before(async () => {
    internals = (await extension().activate()) as ExtensionInternals;
    await folder.write(IMPORTED, limits(1));
    await folder.write(FILE, taskFile("Weigh", "Weighing"));
    await folder.write(OTHER, taskFile("Pack", "Packing"));
    await until(changed, () => model()?.classNamed("task", "Weighing") && model()?.classNamed("task", "Packing"), { what: "the classes" });
    await setting().update("autoTick", "onSave", vscode.ConfigurationTarget.WorkspaceFolder);
    await until(changed, () => model()?.state.autoTick === "onSave", { what: "the setting" });
    let isTicking = false;
    listening.push(
      internals.model.onChange(() => {
        const tick = model()?.state.tick ?? null;
        if (tick && !isTicking && tick.startedBy === "automatic") automaticTicks += 1;
        isTicking = tick !== null;
      }),
    );
  });

  /** Of every class one that has failed once; of Weighing another one that was put on hold then. */
  beforeEach(async () => {
    await folder.create("Weighing", {}, "--name", "weigh");
    await folder.create("Weighing", {}, "--name", "held");
    await folder.create("Packing", {}, "--name", "pack");
    for (const name of ["Weighing", "Packing"])
      await vscode.commands.executeCommand("backgroundTasks.runTick", { folder: openedWorkspaceFolder().uri.toString(), class: name });
    await folder.cli("pause", "held");
    await until(changed, () => tasksOf("Weighing").some(({ held }) => held), { what: "the pause" });
    await showFile(FILE);
    await untilDiagnostics(file, "the failures", (shown) => shown.some(({ code }) => codeOf(code) === "action-will-retry"));
    assert.deepEqual([attemptsOf("Weighing"), attemptsOf("Packing")], [[1, 1], [1]]);
    automaticTicks = 0;
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of ["weigh", "held", "pack"]) await folder.cli("cancel", name).catch(() => {});
    await folder.cli("tick", "--max-execution-time", "5");
    await until(changed, () => tasksOf("Weighing").length + tasksOf("Packing").length === 0, { what: "no tasks" });
    await folder.write(IMPORTED, limits(1));
    await folder.write(FILE, taskFile("Weigh", "Weighing"));
  });

  after(async () => {
    for (const one of listening) one.dispose();
    await setting().update("autoTick", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await until(changed, () => model()?.state.autoTick === "off", { what: "the setting" });
    await vscode.workspace.fs.delete(fileUri(FOLDER), { recursive: true });
  });

  it("executes what failed in it anew, and tells in the file what came of it", async () => {
    assert.equal(notes().length, 1);
    assert.match((await lenses("class Weigh ")).join(), /failed|held/);
    const ended = nextEvent(changed, (change) => change.kind === "folder" && change.historyChanged, { what: "the end in the history" });
    await edit(file, FAILING_LINE, "return true");
    await ended;
    await until(changed, () => !tasksOf("Weighing").some(({ name }) => name === "weigh"), { what: "the end of the task" });
    // The held one has failed, too, and nobody has asked to try it again.
    await untilDiagnostics(file, "one failure less", (shown) => failuresIn(shown) === 1);
    assert.match((await lenses("class Weigh ")).join(), /last finished/);
    assert.deepEqual(attemptsOf("Weighing"), [1]);
    assert.deepEqual(attemptsOf("Packing"), [1]);
    assert.equal(automaticTicks, 1);
  });

  it("executes nothing while it cannot be compiled, and says why", async () => {
    await edit(file, "executeAction() {", "executeAction( {");
    await untilDiagnostics(file, "what is wrong", (shown) => shown.some(({ code }) => codeOf(code) === "task-file"));
    assert.match(notes().join(), /✖/);
    await edit(file, "executeAction( {", "executeAction() {");
    await untilDiagnostics(file, "nothing wrong", (shown) => !shown.some(({ code }) => codeOf(code) === "task-file"));
    await until(changed, () => tasksOf("Weighing").find(({ name }) => name === "weigh")?.actions[0]?.attempt === 2, {
      what: "the second attempt",
    });
    assert.equal(automaticTicks, 1);
    assert.deepEqual(attemptsOf("Packing"), [1]);
  });

  it("counts for what imports the file", async () => {
    await edit(fileUri(IMPORTED), "heaviest = 1", "heaviest = 3");
    await until(changed, () => attemptsOf("Packing").length === 0 && attemptsOf("Weighing").length === 1, {
      what: "the end of both tasks",
    });
    assert.equal(tasksOf("Weighing")[0]?.name, "held");
  });

  async function edit(uri: vscode.Uri, before: string, after: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const offset = document.getText().indexOf(before);
    assert.ok(offset >= 0, `${uri.path} has no ${before}`);
    const change = new vscode.WorkspaceEdit();
    change.replace(uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + before.length)), after);
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.ok(await document.save());
  }

  function notes(): string[] {
    return failureNotes(ourDiagnostics(file), vscode.l10n.t).map(({ text }) => text);
  }

  /** What stands over the line with this text. */
  async function lenses(part: string): Promise<string[]> {
    const document = await vscode.workspace.openTextDocument(file);
    const { line } = document.positionAt(document.getText().indexOf(part));
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", file);
    return all.filter(({ range }) => range.start.line === line).map(({ command }) => command?.title ?? "");
  }
});

function failuresIn(diagnostics: readonly vscode.Diagnostic[]): number {
  return diagnostics.filter(({ code }) => codeOf(code)?.startsWith("action-")).length;
}

function codeOf(code: vscode.Diagnostic["code"]): string | undefined {
  return typeof code === "object" ? String(code.value) : code?.toString();
}
