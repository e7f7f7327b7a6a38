import assert from "node:assert/strict";
import { basename } from "node:path";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

function taskFile(name: string): string {
  return `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class ${name}Work extends BackgroundTaskExAction<{ executions?: number }> {
  executeAction(deadline: { remaining(): number }) {
    this.params.executions = (this.params.executions ?? 0) + 1;
    this.task.message = "has " + Math.ceil(deadline.remaining() / 1000) + " s, execution " + this.params.executions;
    return false;
  }
}

export class ${name} extends BackgroundTaskEx<{ executions?: number }> {
  static readonly actions = [${name}Work];
}
`;
}

describe("Two folders in one window", () => {
  const window = useEditorWindow({
    folder: () => WorkspaceFolder.of({ "north.task.ts": taskFile("North") }),
    moreFolders: [
      () =>
        WorkspaceFolder.of({
          "jobs/south.ts": taskFile("South"),
          "ignored.task.ts": taskFile("Ignored"),
          ".vscode/settings.json": '{ "backgroundTasks.include": ["jobs/*.ts"], "backgroundTasks.maxExecutionTime": 7 }',
        }),
    ],
    settings: { "backgroundTasks.maxExecutionTime": 20 },
  });

  it("are each shown with the task files that their settings name", async () => {
    const { workbench, folders } = window;
    await workbench.showTasks();
    for (const folder of folders) await workbench.tasks.expand(workbench.tasks.rowLabelled(basename(folder.directory)));
    await workbench.tasks.row("North").waitFor();
    await workbench.tasks.row("South").waitFor();
    assert.equal(await workbench.tasks.row("Ignored").count(), 0);
  });

  it("run ticks with the time that their settings give them", async () => {
    const { workbench, folders } = window;
    for (const [index, seconds] of [20, 7].entries()) {
      const folder = folders[index] as WorkspaceFolder;
      const name = ["North", "South"][index] as string;
      // The command line, which creates the task, knows the file and not the editor's settings.
      await folder.write("background-tasks.config.json", index === 1 ? '{ "include": ["jobs/*.ts"] }' : "{}");
      await folder.create(name, {}, "--name", `task of ${name}`);
      await workbench.tasks.row(`task of ${name}`).waitFor();
      await workbench.run("Run Tick");
      await workbench.quickInput.pick(basename(folder.directory));
      await workbench.tasks.row(new RegExp(`^task of ${name}.*has ${seconds} s`)).waitFor();
    }
  });

  it("have lenses of their own over their classes", async () => {
    const { workbench } = window;
    for (const [file, seconds] of [
      ["north.task.ts", 20],
      ["south.ts", 7],
    ] as const) {
      await workbench.openFile(file);
      await workbench.editor.codeLenses.filter({ hasText: "1 paused" }).first().waitFor();
      await workbench.editor.clickCodeLens(/^Run$/);
      const name = file === "south.ts" ? "South" : "North";
      await workbench.tasks.row(new RegExp(`^task of ${name}.*has ${seconds} s, execution 2`)).waitFor();
      const others = await workbench.tasks.rows.filter({ hasText: "execution 2" }).count();
      assert.equal(others, file === "south.ts" ? 2 : 1);
    }
  });
});
