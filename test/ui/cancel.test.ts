import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const ENDLESS = `import { setTimeout as sleep } from "node:timers/promises";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class Work extends BackgroundTaskExAction<{}> {
  async executeAction() {
    this.reportProgress({ done: 1, total: 4 });
    await sleep(3_600_000, undefined, { signal: this.signal });
    return true;
  }
}

export class Endless extends BackgroundTaskEx<{}> {
  static readonly actions = [Work];
}
`;

describe("A tick that takes too long", () => {
  const window = useEditorWindow({ folder: () => WorkspaceFolder.of({ "endless.task.ts": ENDLESS }) });

  before(async () => {
    await window.folder.create("Endless", {}, "--name", "endless work");
    await window.workbench.showTasks();
  });

  it("shows what is executed, and how far it is", async () => {
    const { workbench } = window;
    await workbench.run("Run Tick");
    await workbench.tasks.row(/^endless work.*running.*25%/).waitFor();
    await workbench.notifications.item("endless work, Work 25%").waitFor();
  });

  it("is cancelled by a command, and its task waits for the next tick", async () => {
    const { workbench } = window;
    await workbench.run("Cancel Tick");
    await workbench.tasks.row(/^endless work.*paused/).waitFor();
  });

  it("is cancelled by its notification", async () => {
    const { workbench } = window;
    await workbench.run("Run Tick");
    await workbench.tasks.row(/^endless work.*running/).waitFor();
    await workbench.notifications.click(workbench.notifications.item("endless work, Work"), "Cancel");
    await workbench.tasks.row(/^endless work.*paused/).waitFor();
  });

  it("its task is cancelled for good after a question", async () => {
    const { workbench } = window;
    await workbench.run("Cancel Task");
    await workbench.confirm("Cancel the task endless work?", "Cancel Task");
    await workbench.tasks.row(/^endless work/).waitFor({ state: "detached" });
    await workbench.history.open();
    await workbench.history.row(/^endless work.*cancelled/).waitFor();
  });
});
