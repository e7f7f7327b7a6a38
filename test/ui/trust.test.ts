import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const TASKS = `import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

writeFileSync(join(process.cwd(), "executed.txt"), "yes");

export class Sign extends BackgroundTaskExAction<{}> {
  executeAction() {
    writeFileSync(join(process.cwd(), "signed.txt"), "yes");
    return true;
  }
}

export class Signing extends BackgroundTaskEx<{}> {
  static readonly actions = [Sign];
}
`;

describe("A folder that is not trusted", () => {
  const window = useEditorWindow({ folder: () => WorkspaceFolder.of({ "signing.task.ts": TASKS }), isTrusted: false });

  it("is looked at, and nothing of it is executed", async () => {
    const { workbench, folder } = window;
    await workbench.showTasks();
    await workbench.tasks.welcome.getByText("This workspace is not trusted").waitFor();
    const commands = await workbench.quickInput.commandsFor("Background Tasks: ");
    assert.ok(commands.includes("Background Tasks: Show Output"), commands.join(", "));
    for (const name of ["Run Tick", "Debug Tick", "Create Task", "Run Task", "Debug Failure"])
      assert.ok(!commands.includes(`Background Tasks: ${name}`), `${name} is offered`);
    assert.equal(existsSync(folder.path("executed.txt")), false);
  });

  it("does everything once it is trusted, in the same window", async () => {
    const { workbench, folder } = window;
    await workbench.trustWorkspace();
    await workbench.showTasks();
    await workbench.tasks.row("Signing").waitFor();
    await workbench.run("Create Task");
    await workbench.quickInput.answer("Params as JSON", "{}");
    await workbench.quickInput.answer("Task name", "signature");
    await workbench.tasks.row("signature").waitFor();
    await workbench.run("Run Tick");
    await workbench.tasks.row("signature").waitFor({ state: "detached" });
    assert.equal(existsSync(folder.path("signed.txt")), true);
  });
});
