import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { lineOf, SampleWorkspace } from "./sample-workspace.ts";

describe("sample: fails-on-purpose", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  beforeEach(async () => {
    workspace = await SampleWorkspace.create();
  });
  afterEach(() => workspace.remove());

  it("fails twice at the line it says, with the cause", async () => {
    const source = workspace.path("fails-on-purpose.task.ts");
    const line = await lineOf(source, "fails here, on purpose");
    const id = await workspace.create("FailsOnPurpose", { settings: "data/settings.json" });
    const { ticks, entry } = await workspace.tickUntilEnded(id, 30);
    assert.deepEqual(
      ticks.map((tick) => tick.tasks.find((task) => task.id === id)?.actions[0]?.outcome),
      ["will-retry", "failed"],
    );
    assert.equal(entry.outcome, "finished-with-failures");
    assert.deepEqual([entry.actions[0]?.outcome, entry.actions[0]?.attempts.length], ["failed", 2]);
    for (const { error } of entry.actions[0]?.attempts ?? []) {
      assert.deepEqual([error?.message, error?.file, error?.line], ["data/settings.json is not valid JSON", source, line]);
      assert.equal(error?.cause?.name, "SyntaxError");
    }
  });

  it("succeeds when the settings are repaired between the attempts", async () => {
    const id = await workspace.create("FailsOnPurpose", { settings: "data/settings.json" });
    assert.equal((await workspace.run("tick")).code, 1);
    await writeFile(workspace.path("data", "settings.json"), '{ "keep": 30 }');
    const { entry } = await workspace.tickUntilEnded(id, 30);
    assert.deepEqual([entry.outcome, entry.actions[0]?.attempts.length], ["finished", 2]);
  });
});
