import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

/** Long enough to be seen at work. */
const REPORT = { logs: "data/logs", report: "results/traffic.md" };

describe("The tasks view, as the README shows it", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples, settings: { "backgroundTasks.maxExecutionTime": 60 } });

  it("has tasks of all classes, one of them at work", async () => {
    const { workbench, folder } = window;
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "apply settings");
    await folder.cli("tick");
    await folder.create("TrafficReport", REPORT, "--name", "traffic of the week", "--interactive");
    await folder.create("CompressLogs", { from: "data/logs", to: "results/logs" }, "--name", "compress this week");
    await folder.create("ImportOrders", { from: "data/orders", to: "results/orders", rejected: "results/rejected" }, "--name", "orders");
    await workbench.showTasks();
    await workbench.tasks.row("compress this week").waitFor();
    await workbench.openFile("compress-logs.task.ts");
    await workbench.run("Run Tick");
    await workbench.tasks.row(/^compress this week.*running.*\d+%/).waitFor();
    await workbench.readmePicture("tree");
    await workbench.tasks.row("compress this week").waitFor({ state: "detached" });
  });
});
