import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "fails-on-purpose.task.ts";

describe("The code lenses of a task file", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  const lens = (text: string | RegExp) => window.workbench.editor.codeLenses.filter({ hasText: text }).first();

  it("offer to run, to debug and to create over a task class, and say that an action was never executed", async () => {
    const { workbench } = window;
    await workbench.openFile(FILE);
    for (const title of ["Run", "Debug", "Create…"]) await lens(title).waitFor();
    await workbench.editor.element.getByText("never executed").waitFor();
  });

  it("create a task, which is counted at once", async () => {
    const { workbench } = window;
    await workbench.editor.clickCodeLens("Create…");
    await workbench.quickInput.answer(/Params as JSON/, '{ "settings": "data/settings.json" }');
    await workbench.quickInput.answer(/Task name/, "");
    await lens("1 waiting").waitFor();
  });

  it("run it, and say what came of it", async () => {
    const { workbench } = window;
    await workbench.editor.clickCodeLens(/^Run$/);
    await workbench.editor.element.getByText(/failed \d\d:\d\d after .* · attempt 1 of 2/).waitFor();
    await lens(/^Retry$/).waitFor();
    await lens(/^Debug failure$/).waitFor();
    await workbench.notifications.clear();
    await workbench.readmePicture("code-lenses");
  });

  it("retry what failed once its cause is mended", async () => {
    const { workbench, folder } = window;
    await folder.write("data/settings.json", '{ "compression": 9 }');
    await workbench.editor.clickCodeLens(/^Retry$/);
    await workbench.editor.element.getByText(/last finished \d\d:\d\d in .* · attempt 2 of 2/).waitFor();
    await lens(/^Retry$/).waitFor({ state: "detached" });
    await lens(/^last finished \d\d:\d\d/).waitFor();
  });

  it("lead to the class in the tree", async () => {
    const { workbench } = window;
    await workbench.editor.clickCodeLens(/^last finished/);
    await workbench.tasks.pane.locator(".monaco-list-row.selected", { hasText: "FailsOnPurpose" }).waitFor();
  });
});
