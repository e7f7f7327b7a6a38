import assert from "node:assert/strict";
import type { ListJson } from "../../server/json/list-json.ts";
import { list, object, text } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

const source = (task: string, action: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class ${action} extends BackgroundTaskExAction { async executeAction() { return true; } }
export class ${task} extends BackgroundTaskEx { static readonly actions = [${action}]; }
`;

describe("reassign", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
    await workspace.write("one.task.ts", source("CompressLogs", "Compress"));
    await workspace.createTask("CompressLogs");
  });
  afterEach(() => workspace.remove());

  it("is what a blocked task points to, and gives its tasks to the class's new name", async () => {
    await workspace.write("one.task.ts", source("CompressLog", "Compress"));
    const { stderr } = await workspace.run("tick");
    assert.match(stderr, /Did you mean CompressLog\? If it was renamed, run `background-tasks reassign CompressLogs CompressLog`\./);
    const { code, stdout } = await workspace.run("reassign", "CompressLogs", "CompressLog");
    assert.equal(stdout, "1 task of CompressLogs is now of CompressLog.\n");
    assert.equal(code, 0);
    assert.equal((await workspace.json<ListJson>(0, "list")).tasks[0]?.class, "CompressLog");
    assert.match((await workspace.run("drain")).stdout, /CompressLog .*finished/);
  });

  it("does the same for an action class", async () => {
    await workspace.write("one.task.ts", source("CompressLogs", "Compres"));
    assert.match((await workspace.run("tick")).stderr, /run `background-tasks reassign Compress Compres --action`\./);
    const answer = await workspace.json(0, "reassign", "Compress", "Compres", "--action");
    object({ ids: list(text) })(answer, "reassign");
    assert.match((await workspace.run("drain")).stdout, /Compres: finished/);
  });

  it("refuses a class that still exists, one that does not, and one without tasks", async () => {
    await workspace.write("two.task.ts", source("Other", "Act"));
    for (const [from, to, refusal] of [
      ["CompressLogs", "Other", /A task file still exports a task class CompressLogs/],
      ["Gone", "Nowhere", /No task file exports a task class Nowhere/],
      ["Gone", "Other", /No stored task uses a task class Gone/],
    ] as const) {
      const { code, stderr } = await workspace.run("reassign", from, to);
      assert.equal(code, 2);
      assert.match(stderr, refusal);
    }
  });
});
