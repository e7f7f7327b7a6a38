import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const RUNNER = "dist/runner.js";

describe("The runner", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(async () => {
    await window.workbench.showTasks();
    await window.workbench.tasks.row("CompressLogs").waitFor();
  });

  it("is started again when it was killed, and knows what happened meanwhile", async () => {
    const { workbench, folder } = window;
    const killed = await theRunner();
    process.kill(killed, "SIGKILL");
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "meanwhile");
    await workbench.tasks.row("meanwhile").waitFor();
    assert.notEqual(await theRunner(), killed);
  });

  it("executes ticks again then", async () => {
    const { workbench } = window;
    await workbench.run("Run Tick");
    await workbench.tasks.row("ApplySettings").filter({ hasText: "is not valid JSON" }).waitFor();
  });

  it("is another one after Restart Runner", async () => {
    const { workbench, folder } = window;
    const before = await theRunner();
    await workbench.run("Restart Runner");
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "after that");
    await workbench.tasks.row("after that").waitFor();
    assert.notEqual(await theRunner(), before);
  });

  async function theRunner(): Promise<number> {
    const processes = await window.server.processes(RUNNER);
    assert.equal(processes.length, 1, `there are the runners ${processes}`);
    return processes[0] as number;
  }
});
