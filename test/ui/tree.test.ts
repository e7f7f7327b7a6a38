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
});
