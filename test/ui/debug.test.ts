import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

describe("Debugging a tick, as a person does", () => {
  const window = useEditorWindow({ folder: WorkspaceFolder.ofSamples });

  before(() => window.workbench.showTasks());

  it("stops at a breakpoint in a task file, at the marked line, with the action's own variables, and goes on to the end", async () => {
    const { workbench, folder } = window;
    await folder.create("CompressLogs", { from: "data/logs", to: "results/logs" }, "--name", "compress the logs");
    await workbench.tasks.row("compress the logs").waitFor();
    await workbench.openFile("compress-logs.task.ts");
    const line = await folder.lineOf("compress-logs.task.ts", "params.lastName = chunk.at(-1)");
    await workbench.editor.goToLine(line + 1);
    await workbench.debug.toggleBreakpoint(workbench.editor.line("params.lastName ="));
    await workbench.debug.breakpoints.first().waitFor();

    await workbench.run("Debug Tick");
    const [frame] = await workbench.debug.stopped();
    assert.deepEqual(frame, { name: "CompressLogFiles.executeAction", file: "compress-logs.task.ts" });
    const variables = await workbench.debug.variablesOf("Block");
    assert.ok(
      variables.some((variable) => /^chunk.*\(4\)/.test(variable.replaceAll("\n", " "))),
      `There is no chunk among ${variables.join("; ")}.`,
    );
    await workbench.quickInput.runCommand("View: Hide Panel");
    await workbench.readmePicture("debugger");

    await workbench.debug.toggleBreakpoint(workbench.editor.line("params.lastName ="));
    await workbench.debug.goOn();
    await workbench.debug.ended();
    await workbench.showTasks();
    await workbench.history.open();
    await workbench.history.row(/^compress the logs.*finished/).waitFor();
  });

  it("stops where an action's error is thrown, when the editor is to stop at uncaught ones", async () => {
    const { workbench, folder } = window;
    await folder.create("FailsOnPurpose", { settings: "data/settings.json" }, "--name", "fails");
    await workbench.debug.stopAtUncaught();
    await workbench.showTasks();
    await workbench.tasks.clickInline(workbench.tasks.rowLabelled("fails"), "Debug Task");
    await workbench.debug.stoppedLine.first().waitFor();
    await workbench.editor.currentLine("// fails here, on purpose").waitFor();
    await workbench.editor.element.getByText("Exception has occurred: Error: data/settings.json is not valid JSON").waitFor();

    await workbench.debug.goOn();
    await workbench.debug.ended();
    await workbench.showTasks();
    await workbench.tasks.row("ApplySettings").filter({ hasText: "data/settings.json is not valid JSON" }).waitFor();
  });
});
