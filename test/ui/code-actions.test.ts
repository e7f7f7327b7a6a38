import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FAILING = "fails-on-purpose.task.ts";
const MARK = "// fails here, on purpose";
const LOOPING = "looping.task.ts";
const LOOP = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class Wait extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    for (;;) await this.checkpoint();
  }
}

export class Waits extends BackgroundTaskEx {
  static readonly actions = [Wait];
}
`;

describe("The light bulb", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(async () => {
    await window.folder.write(LOOPING, LOOP);
    await window.folder.create("FailsOnPurpose", { settings: "data/settings.json" });
  });

  it("at a failing line has what can be done with the failure, and makes the next attempt", async () => {
    const { workbench, folder } = window;
    await workbench.openFile(FAILING);
    await workbench.run("Run Tick");
    await workbench.editor.warningSquiggles.first().waitFor();
    await workbench.notifications.clear();
    await workbench.editor.goToLine((await folder.lineOf(FAILING, MARK)) + 1);
    await workbench.editor.openQuickFixes();
    await workbench.picture("light bulb at a failure");
    assert.deepEqual((await workbench.editor.quickFixTitles()).slice(0, 6), [
      "Retry now",
      "Debug failure",
      "Edit params…",
      "Show task data",
      "Dismiss",
      "Implement changeActionParamsOnError",
    ]);
    await workbench.editor.takeQuickFix("Retry now");
    await workbench.editor.errorSquiggles.first().waitFor();
    await workbench.problems.show();
    await workbench.problems.problem("ApplySettings failed (attempt 2 of 2)").waitFor();
  });

  it("opens the history entry once the task has ended, and dismisses the failure", async () => {
    const { workbench, folder } = window;
    const atFailure = async (title: string) => {
      await workbench.openFile(FAILING);
      await workbench.editor.goToLine((await folder.lineOf(FAILING, MARK)) + 1);
      await workbench.editor.openQuickFixes();
      await workbench.editor.takeQuickFix(title);
    };
    await atFailure("Open history entry");
    await workbench.editor.line('"finished-with-failures"').waitFor();
    await atFailure("Dismiss");
    await workbench.problems.problem("ApplySettings failed").waitFor({ state: "detached" });
  });

  it("at what a check has found mends it", async () => {
    const { workbench, folder } = window;
    await workbench.openFile(LOOPING);
    await workbench.editor.warningSquiggles.first().waitFor();
    await workbench.editor.goToLine((await folder.lineOf(LOOPING, "for (;;)")) + 1);
    await workbench.editor.openQuickFixes();
    await workbench.picture("light bulb at a finding");
    await workbench.editor.takeQuickFix("Pause when the deadline is reached");
    await workbench.editor.warningSquiggles.first().waitFor({ state: "detached" });
    await workbench.editor.line("if (this.signal.aborted) return false;").waitFor();
    await workbench.picture("a finding that is mended");
  });
});
