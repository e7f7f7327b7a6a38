import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { SampleWorkspace } from "./sample-workspace.ts";

describe("sample: compress-logs", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  beforeEach(async () => {
    workspace = await SampleWorkspace.create();
  });
  afterEach(() => workspace.remove());

  it("compresses every log, over several short ticks", async () => {
    const id = await workspace.create("CompressLogs", { from: "data/logs", to: "results/logs" });
    const { ticks, entry } = await workspace.tickUntilEnded(id, 0.2);
    assert.equal(entry.outcome, "finished");
    assert.ok(ticks.length >= 3, `it took ${ticks.length} ticks only`);
    assert.equal(entry.ticks, ticks.length);
    assert.equal(entry.actions[0]?.attempts.length, 1, "pauses are no attempts");
    await assertCompressed();
  });

  it("changes the size of its chunks with the time they take", async () => {
    const id = await workspace.create("CompressLogs", { from: "data/logs", to: "results/logs" });
    await workspace.tickUntilEnded(id, 600);
    const sizes = [...(await workspace.read(".background-tasks", "tasks.jsonl")).matchAll(/"chunkSize":(\d+)/g)].map(([, size]) =>
      Number(size),
    );
    assert.equal(sizes[0], 4);
    assert.ok(Math.max(...sizes) > 4, `sizes ${sizes.join(", ")}`);
  });

  it("goes on after kill -9, and a chunk that is done twice does no harm", async () => {
    const id = await workspace.create("CompressLogs", { from: "data/logs", to: "results/logs" });
    await workspace.killTickOnce(async () => (await compressed()).length >= 8);
    assert.ok((await compressed()).length < 384, "the tick was killed too late to tell");
    const { entry } = await workspace.tickUntilEnded(id, 600);
    assert.equal(entry.outcome, "finished");
    await assertCompressed();
  });

  async function compressed() {
    return (await workspace.names("results", "logs").catch(() => [])).filter((name) => name.endsWith(".gz"));
  }

  async function assertCompressed() {
    const logs = await workspace.names("data", "logs");
    assert.equal(logs.length, 384);
    assert.deepEqual(
      await workspace.names("results", "logs"),
      logs.map((name) => `${name}.gz`),
    );
    for (const name of logs) {
      const original = await readFile(workspace.path("data", "logs", name));
      assert.ok(gunzipSync(await readFile(workspace.path("results", "logs", `${name}.gz`))).equals(original), name);
    }
  }
});
