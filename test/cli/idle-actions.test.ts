import assert from "node:assert/strict";
import type { ListJson, TaskJson } from "../../server/json/list-json.ts";
import type { TickJson } from "../../server/json/tick-json.ts";
import { listDocument, tickDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

const ADVICE =
  "WaitForFile has paused 3 times in a row without changing its params or its progress. If it waits for something, this is fine. " +
  "If a request hangs, give it a timeout of its own or set attemptTimeout; with maxIdlePauses, such a pause becomes a failure.";

describe("an action that pauses again and again without changing anything", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("waiting");
  });
  afterEach(() => workspace.remove());

  it("is reported by tick, list and show from the third pause on, in words and as JSON", async () => {
    const id = await workspace.createTask("Waiting", { file: "ready.txt" });
    await workspace.run("tick");
    const second = await workspace.run("tick");
    assert.doesNotMatch(second.stdout, /progress/);
    assert.match((await workspace.run("list")).stdout, / paused +1\/1 WaitForFile/);

    const third = await workspace.run("tick");
    assert.match(third.stdout, /^ {2}WaitForFile: paused after [^\n,]+, 3 times in a row without progress$/m);
    assert.ok(third.stdout.includes(`\n    ${ADVICE}\n`), third.stdout);
    assert.match((await workspace.run("list")).stdout, / paused 3 times without progress /);
    assert.ok((await workspace.run("show", id)).stdout.includes(ADVICE));

    const fourth = await workspace.json<TickJson>(0, "tick");
    tickDocument(fourth, "tick");
    assert.equal(fourth.tasks[0]?.actions[0]?.idlePauses, 4);
    const listed = await workspace.json<ListJson>(0, "list");
    listDocument(listed, "list");
    assert.equal((listed.tasks[0] as TaskJson).actions[0]?.idlePauses, 4);
  });

  it("does not make drain spin: it waits longer and longer, and goes on when the action does", async () => {
    await workspace.createTask("Waiting", { file: "ready.txt" });
    const command = workspace.start("drain");
    await command.printed(/Waiting until [^\n]+ to call idle actions again\.\n[\s\S]*3 times in a row without progress/);
    await workspace.write("ready.txt", "");
    const { code, stdout } = await command.result;
    assert.equal(code, 0);
    assert.match(stdout, /WaitForFile: finished/);
    const ticks = stdout.match(/^Tick done/gm)?.length ?? 0;
    assert.ok(ticks <= 6, `${ticks} ticks`);
  });
});
