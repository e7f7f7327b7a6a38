import assert from "node:assert/strict";
import type { HistoryJson } from "../../server/json/history-json.ts";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "compress-files.task.ts";

describe("In an empty folder, New Task File", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.empty });

  it("is offered by the view, asks for a template and a name, and opens the file", async () => {
    const { workbench } = window;
    await workbench.showTasks();
    await workbench.tasks.welcome.locator(".monaco-button").filter({ hasText: "New Task File" }).click();
    await workbench.quickInput.asked("Select a template");
    await workbench.quickInput.pick("Chunked Files");
    await workbench.quickInput.answer("File name", "compress-files");
    await workbench.page.locator(`.tab.active[data-resource-name="${FILE}"]`).waitFor();
  });

  it("leads to a task that has run, with one click", async () => {
    const { workbench, folder } = window;
    await workbench.notifications.click(workbench.notifications.item(`${FILE} is ready`), "Create and Run");
    await workbench.history.open();
    await workbench.history.row(/^CompressFiles.*files compressed/).waitFor();
    const { entries } = await folder.cli<HistoryJson>("history");
    assert.deepEqual(
      entries.map(({ outcome }) => outcome),
      ["finished"],
    );
  });

  it("leaves nothing for the editor's TypeScript to complain about", async () => {
    const { workbench, folder } = window;
    await workbench.problems.show();
    const text = await folder.read(FILE);
    // Shows that TypeScript is at work, and that there is nothing beside.
    await folder.write(FILE, `${text}\nexport const mistake: string = 1;\n`);
    await workbench.problems.problem("Type 'number' is not assignable to type 'string'.").waitFor();
    const problems = workbench.problems.rows.filter({ hasNotText: FILE });
    assert.deepEqual((await problems.allInnerTexts()).length, 1, (await problems.allInnerTexts()).join("\n"));
    await folder.write(FILE, text);
    await workbench.page.getByText("No problems have been detected in the workspace").first().waitFor();
  });

  it("proposes the params that were meant when another task is created", async () => {
    const { workbench } = window;
    await workbench.run("Create Task");
    await workbench.quickInput.asked("Params as JSON");
    assert.equal(await workbench.quickInput.input.inputValue(), '{"from":".","to":"compressed"}');
    await workbench.page.keyboard.press("Escape");
  });
});
