import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "weigh.task.ts";
const taskFile = (body: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Weigh extends BackgroundTaskExAction {
  static readonly retryDelay = 3_600_000;
  executeAction(): boolean {
    ${body}
  }
}
export class Weighing extends BackgroundTaskEx { static readonly actions = [Weigh]; }
`;
const FAILS = taskFile('throw new Error("too heavy");');

describe("A failure that is mended in the editor, with ticks on save", () => {
  const window = useEditorWindow({
    // Of the folder: a setting that decides what is executed on a machine is not taken from those of a person elsewhere.
    folder: () => WorkspaceFolder.of({ [FILE]: FAILS, ".vscode/settings.json": JSON.stringify({ "backgroundTasks.autoTick": "onSave" }) }),
  });

  it("is shown where it happened", async () => {
    const { workbench, folder } = window;
    await folder.create("Weighing");
    await workbench.openFile(FILE);
    await workbench.run("Run Tick");
    assert.match((await workbench.editor.linesWith(workbench.editor.warningSquiggles)).join(), /too heavy/);
    await workbench.editor.codeLensLines.filter({ hasText: /failed .* attempt 1 of 5/ }).waitFor();
    assert.match((await workbench.editor.endOfLineNotes()).join(), /⚠ .*too heavy/);
  });

  it("is gone once the file is saved, without anything else to be done: the lens says what came of it", async () => {
    const { editor } = window.workbench;
    await editor.replaceAll(taskFile("return true;"));
    await editor.codeLensLines.filter({ hasText: /^last finished .* in / }).waitFor();
    await editor.warningSquiggles.first().waitFor({ state: "detached" });
    assert.deepEqual(await editor.endOfLineNotes(), []);
  });
});
