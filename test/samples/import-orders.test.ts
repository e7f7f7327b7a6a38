import assert from "node:assert/strict";
import { lineOf, SampleWorkspace } from "./sample-workspace.ts";

const POISONED = "shop-027.jsonl";

describe("sample: import-orders", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  before(async () => {
    workspace = await SampleWorkspace.create();
  });
  after(() => workspace.remove());

  it("halves its chunk until the poisoned file is alone, sets it aside, and imports all others", async () => {
    const files = await workspace.names("data", "orders");
    const poisoned = await workspace.read("data", "orders", POISONED);
    assert.throws(() =>
      poisoned
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );

    const id = await workspace.create("ImportOrders", { from: "data/orders", to: "results/orders", rejected: "results/rejected-orders" });
    const { ticks, entry } = await workspace.tickUntilEnded(id, 30);

    assert.equal(entry.outcome, "finished");
    assert.equal(ticks.length, 6, "a tick for each attempt");
    const attempts = entry.actions[0]?.attempts ?? [];
    assert.deepEqual(
      attempts.map(({ params }) => (params as { chunkSize: number }).chunkSize),
      [16, 8, 4, 2, 1, 16],
    );
    const source = workspace.path("import-orders.task.ts");
    const line = await lineOf(source, "JSON.parse(line)");
    for (const { error } of attempts.slice(0, -1)) assert.deepEqual([error?.name, error?.file, error?.line], ["SyntaxError", source, line]);

    assert.deepEqual(await workspace.names("results", "rejected-orders"), [POISONED]);
    assert.equal(await workspace.read("results", "rejected-orders", POISONED), poisoned);
    const good = files.filter((name) => name !== POISONED);
    assert.deepEqual(await workspace.names("data", "orders"), good);
    assert.deepEqual(
      await workspace.names("results", "orders"),
      good.map((name) => `${name}.imported`),
    );
    for (const name of good) {
      const orders = await records("data", "orders", name);
      const imported = await records("results", "orders", `${name}.imported`);
      assert.deepEqual(
        imported,
        orders.map((order) => ({ ...order, total: order.price * order.quantity })),
      );
    }
  });

  async function records(...path: readonly string[]): Promise<{ price: number; quantity: number }[]> {
    return (await workspace.read(...path))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }
});
