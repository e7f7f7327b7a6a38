import assert from "node:assert/strict";
import { WorkspaceFolder } from "../editor/support/workspace-folder.ts";
import { useEditorWindow } from "./support/editor-window.ts";

const FILE = "weigh.task.ts";
const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction, backoff, weekly } from "background-task-ex";

export class Weigh extends BackgroundTaskExAction<{ grams: number; files: string[] }> {
  static readonly maxAttempts = 3;
  static readonly retryDelay = backoff({ initial: 60_000, jitter: 0.5 });

  changeActionParamsOnError() {
    this.params.grams /= 2;
    return true;
  }

  async executeAction(): Promise<boolean> {
    throw new Error("the scales are off");
  }
}

export class Weighing extends BackgroundTaskEx<{ grams: number; files: string[] }> {
  static readonly schedule = weekly({ days: ["mon", "thu"], from: "01:30", to: "05:00", timeZone: "Asia/Tokyo" });
  static readonly actions = [Weigh];
}
`;

describe("A hover in a task file", () => {
  const window = useEditorWindow({ folder: () => WorkspaceFolder.of({ [FILE]: TASKS }) });

  async function hoverAt(line: string, word: string, awaited: string): Promise<string> {
    const { editor } = window.workbench;
    return (await editor.hoverAt(editor.wordIn(line, word), awaited)).join("\n");
  }

  before(async () => {
    const { folder, workbench } = window;
    const id = await folder.create("Weighing", { grams: 5, files: ["a.csv", "b.csv"] }, "--name", "<b>Monday</b> [scales](command:evil)");
    await folder.cli("tick", "--task", id);
    await folder.cli("retry", id);
    await folder.cli("tick", "--task", id);
    await workbench.openFile(FILE);
    await workbench.editor.warningSquiggles.first().waitFor();
  });

  beforeEach(async () => {
    await window.workbench.editor.closeHover();
    await window.workbench.editor.goToLine(1);
  });

  it("tells at the line that failed each attempt, with its params and what can be done", async () => {
    const { workbench } = window;
    const rows = await hoverAt("throw new Error", "Error", "Attempt 1");
    await workbench.picture("hover on a failing line");
    assert.match(rows, /Weigh · attempt 2 of 3 failed · .*task <b>Monday<\/b> \[scales\]\(command:evil\)/);
    assert.match(rows, /Attempt 1[\s\S]*Attempt 2.*grams 5 → 2\.5[\s\S]*"grams": 5,[\s\S]*"grams": 2\.5,/);
    assert.match(rows, /Retry now · Debug failure · Show task data/);
  });

  it("executes what it links to", async () => {
    const { workbench } = window;
    await hoverAt("throw new Error", "Error", "Show task data");
    await workbench.editor.clickInHover("Show task data");
    await workbench.editor.line('"grams": 2.5').waitFor();
    await workbench.openFile(FILE);
  });

  it("tells of a schedule when it is due, by its own clock and by the reader's", async () => {
    const { workbench } = window;
    const rows = await hoverAt("static readonly schedule", "schedule", "Next times");
    await workbench.picture("hover on a schedule");
    assert.match(rows, /Schedule · mon, thu 01:30–05:00 \(Asia\/Tokyo\)/);
    assert.equal(rows.match(/(?:Mon|Thu), .*01:30.*GMT\+9 \(.* here\)/g)?.length, 5, rows);
  });

  it("tells of a class how its tasks are", async () => {
    const { workbench } = window;
    const rows = await hoverAt("class Weighing", "Weighing", "1 task");
    await workbench.picture("hover on a class");
    assert.match(rows, /Weighing · tasks[\s\S]*1 task:[\s\S]*next attempt[\s\S]*Actions: Weigh/);
  });

  it("tells of the attempts of an action when each is made", async () => {
    const { workbench } = window;
    const rows = await hoverAt("static readonly maxAttempts", "maxAttempts", "Attempt 2");
    await workbench.picture("hover on attempts");
    assert.match(rows, /Up to 3 attempts[\s\S]*Attempt 2: at least 30 s to 1 min after attempt 1 fails/);
  });
});
