import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { SampleWorkspace } from "./sample-workspace.ts";

describe("sample: purge-archives", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  beforeEach(async () => {
    workspace = await SampleWorkspace.create();
  });
  afterEach(() => workspace.remove());

  it("keeps the newest thirty archives, and whatever is not one", async () => {
    const before = await workspace.names("data", "archives");
    assert.equal(before.length, 365);
    await writeFile(workspace.path("data", "archives", "2020-01-01.notes.txt"), "a person's");
    const id = await workspace.create("PurgeArchives", {});
    const { entry } = await workspace.tickUntilEnded(id, 30);
    assert.equal(entry.outcome, "finished");
    assert.deepEqual(await workspace.names("data", "archives"), ["2020-01-01.notes.txt", ...before.slice(-30)]);
  });

  it("has nothing to do the second time", async () => {
    await workspace.tickUntilEnded(await workspace.create("PurgeArchives", {}), 30);
    const { entry } = await workspace.tickUntilEnded(await workspace.create("PurgeArchives", {}), 30);
    assert.deepEqual([entry.outcome, entry.actions[0]?.outcome], ["finished", "dropped"]);
  });
});
