import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const MOST_TICKS = 60;

describe("A task that takes longer than a tick", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples, settings: { "backgroundTasks.maxExecutionTime": 0.2 } });

  it("is created by a command that asks for its class, params and name", async () => {
    const { workbench } = window;
    await workbench.showTasks();
    await workbench.tasks.row("CompressLogs").waitFor();
    await workbench.run("Create Task");
    await workbench.quickInput.pick("CompressLogs");
    await workbench.quickInput.answer("Params as JSON", '{ "from": "data/logs", "to": "results/logs" }');
    await workbench.quickInput.answer("Task name", "this week");
    await workbench.tasks.row(/^this week.*new/).waitFor();
  });

  it("is paused at the end of a tick, with what is done of it", async () => {
    const { workbench } = window;
    await workbench.run("Run Tick");
    await workbench.notifications.item("The time budget is spent: 1 task is paused").waitFor();
    await workbench.tasks.row(/^this week.*paused.*\d+%/).waitFor();
  });

  it("goes on from there in the next ticks, and is in the history when it is finished", async () => {
    const { workbench, folder } = window;
    const timeSpent = workbench.notifications.item("The time budget is spent");
    const task = workbench.tasks.row(/^this week/);
    for (let ticks = 1; await task.isVisible(); ticks++) {
      assert.ok(ticks < MOST_TICKS, `not finished after ${ticks} ticks`);
      await workbench.notifications.click(timeSpent, "Run Another Tick");
      await timeSpent.waitFor({ state: "detached" });
      await Promise.race([timeSpent.waitFor(), task.waitFor({ state: "detached" })]);
    }
    await workbench.history.open();
    await workbench.history.row(/^this week.*384 logs compressed/).waitFor();
    assert.equal((await folder.cli<{ entries: unknown[] }>("history")).entries.length, 1);
  });
});
