import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "traffic-report.task.ts";

describe("A task file with a syntax error", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  it("is in the view Problems, and the classes of the other files stay", async () => {
    const { workbench, folder } = window;
    await workbench.showTasks();
    await workbench.tasks.row("TrafficReport").waitFor();
    await folder.replace(FILE, "export class TrafficReport extends", "export class TrafficReport extens");
    await workbench.tasks.row("TrafficReport").waitFor({ state: "detached" });
    await workbench.tasks.row("ImportOrders").waitFor();
    await workbench.problems.show();
    await workbench.problems.problem(/background-tasks/).waitFor();
  });

  it("is there again once it is mended", async () => {
    const { workbench, folder } = window;
    await folder.replace(FILE, "export class TrafficReport extens", "export class TrafficReport extends");
    await workbench.tasks.row("TrafficReport").waitFor();
    await workbench.problems.problem(/background-tasks/).waitFor({ state: "detached" });
  });
});
