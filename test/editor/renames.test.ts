import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { RenameOffers } from "../../client/renames/rename-offers.ts";
import { extension } from "./support/extension.ts";
import { openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const FILE = "renamed.task.ts";
const tasks = (name: string) => `import { BackgroundTaskEx } from "background-task-ex";
export class ${name} extends BackgroundTaskEx { static readonly actions = []; }
`;

describe("The offer to hand over the tasks of a renamed class", () => {
  const folder = openedFolder();
  let internals: ExtensionInternals;
  const asked = new vscode.EventEmitter<string>();
  const messages: string[] = [];
  let offers: RenameOffers;

  before(async () => {
    internals = (await extension().activate()) as ExtensionInternals;
    offers = new RenameOffers(internals.runner, async (message, ...buttons) => {
      messages.push([message, ...buttons].join(" | "));
      asked.fire(message);
      return buttons[0];
    });
    await folder.write(FILE, tasks("BeforeRename"));
    await until(changed, () => exports("BeforeRename"), { what: "the class" });
    for (const name of ["one", "two"]) await folder.create("BeforeRename", {}, "--name", name);
    await until(changed, () => storedFor("BeforeRename") === 2, { what: "its tasks" });
  });

  after(async () => {
    offers.dispose();
    await vscode.workspace.fs.delete(vscode.Uri.file(folder.path(FILE)));
    for (const name of ["one", "two"]) await folder.cli("cancel", name);
    await folder.cli("tick");
  });

  const changed: vscode.Event<unknown> = (listener) => internals.model.onChange(listener);
  const model = () => internals.model.folder(openedWorkspaceFolder().uri.toString());
  const exports = (name: string) => model()?.classNamed("task", name) !== undefined;
  const storedFor = (name: string) => model()?.taskCountOf(name);

  it("counts them, and does it when the person agrees", async () => {
    await folder.write(FILE, tasks("AfterRename"));
    await until(asked.event, () => messages.length > 0, { what: "the offer" });
    assert.deepEqual(messages, [
      "2 stored tasks use class BeforeRename, which no longer exists; AfterRename is new in the same file. Reassign the tasks to AfterRename? | Reassign | Not Now",
    ]);
    await until(changed, () => storedFor("AfterRename") === 2 && storedFor("BeforeRename") === 0, { what: "the handed over tasks" });
  });
});
