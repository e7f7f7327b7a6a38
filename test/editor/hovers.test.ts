import assert from "node:assert/strict";
import * as vscode from "vscode";
import { DOCUMENT_SCHEME } from "../../client/documents/document-uri.ts";
import type { ExtensionInternals } from "../../client/extension.ts";
import { HOVER_COMMANDS } from "../../server/protocol/hover-commands.ts";
import { untilDiagnostics } from "./support/diagnostics.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, showFile } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const FILE = "weigh.task.ts";
const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction, weekly } from "background-task-ex";

export class Weigh extends BackgroundTaskExAction<{ grams: number }> {
  static readonly maxAttempts = 3;

  async executeAction(): Promise<boolean> {
    throw new Error("the scales are off");
  }
}

export class Weighing extends BackgroundTaskEx<{ grams: number }> {
  static readonly schedule = weekly({ days: ["mon"], at: "03:00", timeZone: "Asia/Tokyo" });
  static readonly actions = [Weigh];
}
`;
const EVIL_NAME = "[scales](command:workbench.action.closeAllEditors) **off**";

describe("Hovers, as the editor asks for them", () => {
  const folder = openedFolder();
  let editor: vscode.TextEditor;
  let id: string;

  before(async () => {
    await folder.write(FILE, TASKS);
    const internals = (await extension().activate()) as ExtensionInternals;
    id = await folder.create("Weighing", { grams: 5 }, "--name", EVIL_NAME);
    await folder.cli("tick", "--task", id);
    editor = await showFile(FILE);
    await untilDiagnostics(fileUri(FILE), "the failure", (diagnostics) => diagnostics.length > 0);
    const changed: vscode.Event<unknown> = (listener) => internals.model.onChange(listener);
    await until(changed, () => internals.model.folders.some(({ state }) => state.classes.some(({ name }) => name === "Weighing")), {
      what: "the class",
    });
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await folder.cli("cancel", id);
    await vscode.workspace.fs.delete(fileUri(FILE));
  });

  /** The one of ours among all of them. */
  async function hoverAt(part: string, mark: string): Promise<vscode.MarkdownString> {
    const position = editor.document.positionAt(TASKS.indexOf(part));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", editor.document.uri, position);
    const contents = hovers.flatMap((hover) => hover.contents).filter((content) => content instanceof vscode.MarkdownString);
    return contents.find(({ value }) => value.includes(mark)) ?? assert.fail(contents.map(({ value }) => value).join("\n\n"));
  }

  it("tell of a class its tasks and of a schedule its next times", async () => {
    const { value } = await hoverAt("Weighing", "`Weighing` · tasks");
    assert.match(value, /1 task:[\s\S]*failed, will retry in the next tick[\s\S]*Actions: `Weigh`[\s\S]*Schedule: mon at 03:00/);
    const schedule = await hoverAt("static readonly schedule", "**Schedule**");
    assert.equal(schedule.value.match(/^- Mon, .*03:00/gm)?.length, 5);
  });

  it("tell of a line what failed there, and may execute the commands that they link to and no other", async () => {
    const hover = await hoverAt("throw new Error", "**Weigh** · attempt 1 of 3 failed");
    assert.deepEqual(hover.isTrusted, { enabledCommands: [...HOVER_COMMANDS] });
    assert.ok(!hover.supportHtml);
    assert.ok(hover.value.includes(String.raw`\[scales\](command:workbench.action.closeAllEditors) \*\*off\*\*`), hover.value);
  });

  it("link to the data of the task", async () => {
    const { value } = await hoverAt("throw new Error", "**Weigh**");
    const [, command, args] = /\[Show task data\]\(command:([^?]+)\?([^)]+)\)/.exec(value) ?? [];
    assert.ok(command && args);
    await vscode.commands.executeCommand(command, ...JSON.parse(decodeURIComponent(args)));
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.uri.scheme, DOCUMENT_SCHEME);
    assert.ok(shown?.getText().includes(id), shown?.getText());
  });
});
