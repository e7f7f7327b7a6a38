import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { JsonTaskStore } from "../../server/store/index.ts";
import { storeDirectory } from "../../server/workspace/index.ts";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const ENTRIES = 450;

class Step extends BackgroundTaskExAction {
  executeAction() {
    return true;
  }
}
class Small extends BackgroundTaskEx {
  static override readonly actions = [Step];
}

/** The same classes, as a task file. */
const FILE = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Step extends BackgroundTaskExAction { executeAction() { return true; } }
export class Small extends BackgroundTaskEx { static readonly actions = [Step]; }
`;

/** A folder in which so many tasks have been executed by a program that embeds the service. */
async function folderWithHistory(): Promise<WorkspaceFolder> {
  const folder = await WorkspaceFolder.of({ "small.task.ts": FILE });
  const store = await JsonTaskStore.open(storeDirectory(folder.directory), { durability: "process" });
  try {
    const service = new BackgroundTaskExService({ store, classes: [Small, Step] });
    for (let number = 1; number <= ENTRIES; number++) await service.createTask(Small, {}, { name: `number ${number}` });
    const { outcome } = await service.processTasks();
    assert.equal(outcome, "done");
  } finally {
    await store.close();
  }
  return folder;
}

describe("A history of 450 tasks", function () {
  this.timeout(180_000);
  const window = useEditorWindow({ folder: folderWithHistory });

  before(async () => {
    const { workbench } = window;
    await workbench.showTasks();
    await workbench.history.open();
    await workbench.history.rowLabelled(`number ${ENTRIES}`).waitFor();
    await workbench.typeCommand("Background Tasks: Focus on History View");
  });

  /** The rows at the end of the list, once the one at `index` is the last. */
  async function atTheEnd(index: number): Promise<readonly string[]> {
    const { page, history } = window.workbench;
    await page.keyboard.press("End");
    await history.pane.locator(`.monaco-list-row.focused[data-index="${index}"]`).waitFor();
    return history.texts();
  }

  it("shows the newest 200, and that there are older ones", async () => {
    const shown = await atTheEnd(200);
    assert.equal(shown.at(-1), "Load more");
    assert.match(shown.at(-2) ?? "", /^number 251finished · 1 tick/);
  });

  it("goes on with the older ones where one was, by the keyboard", async () => {
    const { page, history } = window.workbench;
    await page.keyboard.press("Enter");
    await history.rowLabelled("number 250").waitFor();
    // It stays where it was: the row before is still beside it.
    await history.rowLabelled("number 251").waitFor();
    const shown = await atTheEnd(400);
    assert.equal(shown.at(-1), "Load more");
    assert.match(shown.at(-2) ?? "", /^number 51finished/);
  });

  it("goes on by the mouse as well, to the first of all, and then offers no more", async () => {
    const { history } = window.workbench;
    await history.rowLabelled("Load more").click();
    await history.rowLabelled("number 50").waitFor();
    assert.match((await atTheEnd(449)).at(-1) ?? "", /^number 1finished/);
    assert.ok((await history.texts()).every((text) => text !== "Load more"));
  });

  it("keeps what was asked for when another task ends", async () => {
    const { page, history } = window.workbench;
    await window.folder.create("Small", {}, "--name", "the newest");
    await window.folder.cli("tick");
    await page.keyboard.press("Home");
    await history.rowLabelled("the newest").waitFor();
    assert.match((await atTheEnd(450)).at(-1) ?? "", /^number 1finished/);
  });
});
