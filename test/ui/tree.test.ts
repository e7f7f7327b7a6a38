import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const SAMPLE_CLASSES = ["CompressLogs", "FailsOnPurpose", "ImportOrders", "PurgeArchives", "TrafficReport"];

describe("The view Tasks", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  it("shows the task classes of the folder", async () => {
    const { workbench } = window;
    await workbench.showTasks();
    await workbench.tasks.waitForTexts((texts) => SAMPLE_CLASSES.every((name) => texts.some((text) => text.startsWith(name))));
  });

  it("shows a task that the command line has created, and what became of it, without being asked", async () => {
    const { workbench, folder } = window;
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "from outside");
    await workbench.tasks.row("from outside").waitFor();
    await folder.cli("tick");
    await workbench.tasks.row("ApplySettings").filter({ hasText: "data/settings.json is not valid JSON" }).waitFor();
  });

  it("opens the failing line of a failed action", async () => {
    const { workbench } = window;
    await workbench.tasks.row("ApplySettings").click();
    await workbench.page.locator('.tab.active[data-resource-name="fails-on-purpose.task.ts"]').waitFor();
    await workbench.editor.currentLine("// fails here, on purpose").waitFor();
  });
});
