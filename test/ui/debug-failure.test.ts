import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { storedFiles } from "../runner/support/stored-files.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "fails-on-purpose.task.ts";
const MARK = "// fails here, on purpose";
const AGAIN = "ApplySettings failed again in the same way: data/settings.json is not valid JSON";
const QUESTION = "Debugging this failure executes the action again.";

describe("Debugging a failure, as a person does", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(async () => {
    const { workbench, folder } = window;
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "fails");
    await workbench.showTasks();
    await workbench.run("Run Tick");
    await workbench.tasks.row(/^ApplySettings.*data\/settings\.json is not valid JSON/).waitFor();
    await workbench.notifications.item("An action failed in this tick.").waitFor();
    await workbench.notifications.clear();
  });

  const failed = () => window.workbench.tasks.row(/^ApplySettings.*data\/settings\.json is not valid JSON/);

  async function stoppedWhereItFails(): Promise<void> {
    const { workbench } = window;
    await workbench.debug.stoppedLine.first().waitFor();
    await workbench.editor.currentLine(MARK).waitFor();
    await workbench.editor.element.getByText("Exception has occurred: Error: data/settings.json is not valid JSON").waitFor();
    assert.equal(await workbench.debug.breakpoints.count(), 0);
  }

  it("is offered on the action that failed, asks before what it did is done again, and does nothing when it is not wanted", async () => {
    const { workbench } = window;
    await workbench.tasks.clickInline(failed(), "Debug Failure");
    await workbench.dialog(QUESTION).waitFor();
    await workbench.picture("debug-failure-asks");
    await workbench.confirm(QUESTION, "Cancel");
    assert.equal(await workbench.debug.toolbar.isVisible(), false);
  });

  it("stops by itself at the line that throws, ends by itself, and leaves the store as it is", async () => {
    const { workbench, folder } = window;
    const before = await storedFiles(folder.directory);
    await workbench.tasks.clickInline(failed(), "Debug Failure");
    await workbench.confirm(QUESTION, "Debug and Don't Ask Again");
    await stoppedWhereItFails();
    await workbench.debug.show();
    const [frame] = await workbench.debug.stopped();
    assert.deepEqual(frame, { name: "ApplySettings.executeAction", file: FILE });
    await workbench.picture("debug-failure-stopped");
    await workbench.debug.goOn();
    await workbench.debug.ended();
    await workbench.notifications.item(AGAIN).waitFor();
    await workbench.picture("debug-failure-again");
    assert.deepEqual(await storedFiles(folder.directory), before);
    await workbench.showTasks();
    await failed().waitFor();
    await workbench.notifications.clear();
  });

  it("does not ask a second time, is in the menu and in the palette, and says that it does not fail any more", async () => {
    const { workbench, folder } = window;
    await workbench.tasks.chooseFromMenu(failed(), "Debug Failure");
    await stoppedWhereItFails();
    await workbench.debug.goOn();
    await workbench.debug.ended();
    await workbench.notifications.item(AGAIN).waitFor();
    await workbench.notifications.clear();

    const broken = await folder.read("data/settings.json");
    await folder.write("data/settings.json", '{ "compression": 9 }');
    await workbench.run("Debug Failure");
    await workbench.notifications.item("ApplySettings did not fail this time. The stored task is unchanged").waitFor();
    await workbench.picture("debug-failure-passed");
    await folder.write("data/settings.json", broken);
    await workbench.notifications.clear();
    await workbench.showTasks();
    await failed().waitFor();
  });

  it("is offered in the history, for an action of a task that has ended", async () => {
    const { workbench, folder } = window;
    await workbench.run("Run Tick");
    await workbench.history.open();
    const entry = workbench.history.row(/^fails.*finished with failures/);
    await workbench.history.expand(entry);
    await workbench.notifications.item("An action failed in this tick.").waitFor();
    await workbench.notifications.clear();
    const before = await storedFiles(folder.directory);
    await workbench.history.clickInline(workbench.history.row(/^ApplySettings.*failed/), "Debug Failure");
    await stoppedWhereItFails();
    await workbench.picture("debug-failure-history");
    await workbench.debug.goOn();
    await workbench.debug.ended();
    await workbench.notifications.item(AGAIN).waitFor();
    assert.deepEqual(await storedFiles(folder.directory), before);
  });
});
