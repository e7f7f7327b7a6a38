import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { failureNotes } from "../../client/failures/failure-note.ts";
import type { ModelChange } from "../../client/model/workspace-model.ts";
import { ourDiagnostics, untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder, showFile } from "./support/opened-folder.ts";
import { nextEvent, until } from "./support/until.ts";

/** Beside the task files, which are where the runner itself watches. */
const IMPORTED = "fix-and-go-on";
const FAILING_LINE = 'throw new Error("too heavy")';

const taskFile = (
  action: string,
  task: string,
  number: number,
) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
import { heaviest } from "./${IMPORTED}/limits-${number}.ts";

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
  /** Of the test: each has files and classes of its own, which nobody has saved before. */
  let number = 0;
  let weighing: string;
  let packing: string;
  let file: vscode.Uri;
  let other: vscode.Uri;
  let imported: vscode.Uri;
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
    let isTicking = false;
    listening.push(
      internals.model.onChange(() => {
        const tick = model()?.state.tick ?? null;
        if (tick && !isTicking && tick.startedBy === "automatic") automaticTicks += 1;
        isTicking = tick !== null;
      }),
    );
  });

  /** Of every class a task that has failed once; of the first another one, which is on hold. */
  beforeEach(async () => {
    number += 1;
    [weighing, packing] = [`Weighing${number}`, `Packing${number}`];
    const texts = {
      [`${IMPORTED}/limits-${number}.ts`]: limits(1),
      [`weigh-${number}.task.ts`]: taskFile(`Weigh${number}`, weighing, number),
      [`pack-${number}.task.ts`]: taskFile(`Pack${number}`, packing, number),
    };
    for (const [name, text] of Object.entries(texts)) await folder.write(name, text);
    [imported, file, other] = Object.keys(texts).map(fileUri) as [vscode.Uri, vscode.Uri, vscode.Uri];
    await until(changed, () => [weighing, packing].every((name) => model()?.classNamed("task", name)), { what: "the classes" });
    await folder.create(weighing, {}, "--name", "held");
    await folder.cli("pause", "held");
    await until(changed, () => tasksOf(weighing).some(({ held }) => held), { what: "the pause" });
    await folder.create(weighing, {}, "--name", "weigh");
    await folder.create(packing, {}, "--name", "pack");
    for (const name of [weighing, packing])
      await vscode.commands.executeCommand("backgroundTasks.runTick", { folder: openedWorkspaceFolder().uri.toString(), class: name });
    await showFile(`weigh-${number}.task.ts`);
    await untilDiagnostics(file, "the failure", (shown) => failuresIn(shown) === 1);
    assert.deepEqual([attemptsOf(weighing), attemptsOf(packing)], [[0, 1], [1]]);
    await autoTick("onSave");
    automaticTicks = 0;
  });

  afterEach(async () => {
    await autoTick(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const { id } of [...tasksOf(weighing), ...tasksOf(packing)]) await folder.cli("cancel", id);
    await folder.cli("tick", "--max-execution-time", "5");
    await until(changed, () => tasksOf(weighing).length + tasksOf(packing).length === 0, { what: "no tasks" });
    for (const uri of [file, other]) await vscode.workspace.fs.delete(uri);
  });

  after(async () => {
    for (const one of listening) one.dispose();
    await vscode.workspace.fs.delete(fileUri(IMPORTED), { recursive: true });
  });

  async function autoTick(value: "onSave" | undefined): Promise<void> {
    await setting().update("autoTick", value, vscode.ConfigurationTarget.WorkspaceFolder);
    await until(changed, () => model()?.state.autoTick === (value ?? "off"), { what: "the setting" });
  }

  it("executes what failed in it anew, and tells in the file what came of it", async () => {
    assert.equal(notes().length, 1);
    assert.match((await lenses(`class Weigh${number} `)).join(), /failed/);
    const ended = nextEvent(changed, (change) => change.kind === "folder" && change.historyChanged, { what: "the end in the history" });
    await edit(file, FAILING_LINE, "return true");
    await ended;
    await until(changed, () => !tasksOf(weighing).some(({ name }) => name === "weigh"), { what: "the end of the task" });
    await untilDiagnostics(file, "no failure", (shown) => failuresIn(shown) === 0);
    assert.deepEqual(notes(), []);
    assert.match((await lenses(`class Weigh${number} `)).join(), /last finished/);
    assert.deepEqual(attemptsOf(weighing), [0]);
    assert.deepEqual(attemptsOf(packing), [1]);
    assert.equal(automaticTicks, 1);
  });

  it("executes nothing while it cannot be compiled, and says why", async () => {
    await edit(file, "executeAction() {", "executeAction( {");
    await untilDiagnostics(file, "what is wrong", (shown) => shown.some(({ code }) => codeOf(code) === "task-file"));
    assert.match(notes().join(), /✖/);
    await edit(file, "executeAction( {", "executeAction() {");
    await untilDiagnostics(file, "nothing wrong", (shown) => !shown.some(({ code }) => codeOf(code) === "task-file"));
    await until(changed, () => tasksOf(weighing).find(({ name }) => name === "weigh")?.actions[0]?.attempt === 2, {
      what: "the second attempt",
    });
    assert.equal(automaticTicks, 1);
    assert.deepEqual(attemptsOf(packing), [1]);
  });

  it("counts for what imports the file", async () => {
    await edit(imported, "heaviest = 1", "heaviest = 3");
    await until(changed, () => attemptsOf(packing).length === 0 && attemptsOf(weighing).length === 1, {
      what: "the end of both tasks",
    });
    assert.equal(tasksOf(weighing)[0]?.name, "held");
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
