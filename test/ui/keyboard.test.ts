import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

describe("Without a mouse", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(async () => {
    await window.folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "the task");
    await window.folder.cli("tick");
    await window.workbench.showTasks();
    await window.workbench.tasks.row("ApplySettings").waitFor();
  });

  it("a person comes from the palette to the failing line of an action", async () => {
    const { workbench } = window;
    const { page, tasks } = workbench;
    await workbench.typeCommand("Background Tasks: Focus on Tasks View");
    await page.keyboard.press("Home");
    await tasks.moveFocusTo("ApplySettings");
    await page.keyboard.press("Enter");
    await page.locator('.tab.active[data-resource-name="fails-on-purpose.task.ts"]').waitFor();
    await workbench.editor.currentLine("// fails here, on purpose").waitFor();
  });

  it("and tries it again, when what was wrong is mended", async () => {
    const { workbench, folder } = window;
    await folder.write("data/settings.json", '{ "compression": 9 }');
    await workbench.typeCommand("Background Tasks: Run Tick");
    await workbench.tasks.row("the task").waitFor({ state: "detached" });
  });

  it("hears what each row says, without icons or colours", async () => {
    const { workbench, folder } = window;
    await folder.write("data/settings.json", "{ not");
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "another");
    await folder.cli("tick");
    await workbench.tasks.row("ApplySettings").waitFor();
    const spoken = (await workbench.tasks.accessibleTexts()).join("\n");
    for (const said of [/^FailsOnPurpose, 1 task$/m, /^another, failed/m, /^ApplySettings, failed.*not valid JSON, attempt 1 of 2$/m]) {
      assert.match(spoken, said);
    }
  });
});
