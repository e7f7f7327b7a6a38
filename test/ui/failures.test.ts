import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "fails-on-purpose.task.ts";
const MARK = "// fails here, on purpose";

describe("An action that failed", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(async () => {
    await window.folder.create("FailsOnPurpose", { settings: "data/settings.json" });
  });

  it("is underlined where it threw", async () => {
    const { workbench } = window;
    await workbench.openFile(FILE);
    await workbench.run("Run Tick");
    const lines = await workbench.editor.linesWith(workbench.editor.warningSquiggles);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0] ?? "", /^throw new Error.*\/\/ fails here, on purpose/);
  });

  it("says at the end of the line what was thrown", async () => {
    await window.workbench.editor.line(MARK).waitFor();
    const notes = await window.workbench.editor.endOfLineNotes();
    assert.ok(
      notes.some((note) => note.includes("data/settings.json is not valid JSON")),
      `the notes are ${notes.join(" | ")}`,
    );
  });

  it("is in the view Problems with the attempt and the error", async () => {
    const { workbench, folder } = window;
    await workbench.problems.show();
    await workbench.problems.problem("ApplySettings failed (attempt 1 of 2): data/settings.json is not valid JSON").waitFor();
    await workbench.editor.goToLine((await folder.lineOf(FILE, MARK)) + 1);
    await workbench.notifications.clear();
    await workbench.quickInput.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.editor.codeLensLines
      .filter({ hasText: /^failed .* attempt 1 of 2/ })
      .first()
      .waitFor();
    await workbench.readmePicture("inline-error");
  });

  it("is not underlined any more once its cause is mended and it was tried again", async () => {
    const { workbench, folder } = window;
    await folder.write("data/settings.json", '{ "compression": 9 }');
    await workbench.run("Run Tick");
    await workbench.editor.warningSquiggles.first().waitFor({ state: "detached" });
    await workbench.problems.problem("ApplySettings failed").waitFor({ state: "detached" });
    assert.equal(await workbench.editor.errorSquiggles.count(), 0);
  });
});

describe("A failure that a person dismisses", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  it("by its row's menu alarms nobody any more, anywhere, and is still told on its row", async () => {
    const { workbench, folder } = window;
    const { tasks, problems, statusItem } = workbench;
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "known to fail");
    await folder.cli("tick");
    await workbench.showTasks();
    await problems.show();
    await problems.problem("ApplySettings failed").waitFor();
    const action = tasks.row("ApplySettings");
    const alarm = await tasks.coloursOf(action.locator(".custom-view-tree-node-item-icon"));
    await statusItem.filter({ hasText: "1 to retry" }).waitFor();

    await tasks.chooseFromMenu(action, "Dismiss Failure");
    await problems.problem("ApplySettings failed").waitFor({ state: "detached" });
    await statusItem.filter({ hasText: /^\s*Tasks\s*$/ }).waitFor();
    await tasks.row(/^ApplySettings.*dismissed.*failed.*is not valid JSON/).waitFor();
    await tasks.row(/^known to fail.*dismissed/).waitFor();
    assert.notDeepEqual(await tasks.coloursOf(action.locator(".custom-view-tree-node-item-icon")), alarm);
  });
});
