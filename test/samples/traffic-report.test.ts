import assert from "node:assert/strict";
import { SampleWorkspace } from "./sample-workspace.ts";

describe("sample: traffic-report", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  beforeEach(async () => {
    workspace = await SampleWorkspace.create();
  });
  afterEach(() => workspace.remove());

  it("counts, ranks and writes, one action after the other, over several short ticks", async () => {
    const id = await createReport();
    const { ticks, entry } = await workspace.tickUntilEnded(id, 0.1);
    assert.equal(entry.outcome, "finished");
    assert.ok(ticks.length >= 2, `it took ${ticks.length} tick only`);
    assert.deepEqual(
      entry.actions.map((action) => [action.class, action.outcome]),
      [
        ["CountRequests", "finished"],
        ["RankPaths", "finished"],
        ["WriteReport", "finished"],
      ],
    );
    await assertReport();
  });

  it("counts nothing twice and misses nothing after kill -9", async () => {
    const id = await createReport();
    // The journal is there once the tick has begun.
    await workspace.killTickOnce(async () =>
      (await workspace.read(".background-tasks", "tasks.jsonl").catch(() => "")).includes("access-2026-03-02"),
    );
    await workspace.tickUntilEnded(id, 600);
    await assertReport();
  });

  function createReport() {
    return workspace.create("TrafficReport", { logs: "data/logs", report: "results/traffic.md" });
  }

  async function assertReport() {
    const [header, , ...rows] = (await workspace.read("results", "traffic.md")).trimEnd().split("\n").map(cells);
    assert.deepEqual(header, ["path", "requests", "errors", "bytes"]);
    const counted = await countAgain();
    assert.deepEqual(Object.fromEntries(rows.map(([path, ...numbers]) => [path, numbers.map(Number)])), counted);
    const requests = rows.map((row) => Number(row[1]));
    assert.deepEqual(
      requests,
      requests.toSorted((a, b) => b - a),
      "busiest first",
    );
  }

  /** By splitting, where the sample has a regular expression. */
  async function countAgain() {
    const totals: Record<string, [requests: number, errors: number, bytes: number]> = {};
    for (const name of await workspace.names("data", "logs")) {
      for (const line of (await workspace.read("data", "logs", name)).trimEnd().split("\n")) {
        const [, request = "", result = ""] = line.split('"');
        const [, target = ""] = request.split(" ");
        const [status, bytes] = result.trim().split(" ").map(Number);
        const [path = ""] = target.split("?");
        totals[path] ??= [0, 0, 0];
        totals[path][0] += 1;
        totals[path][1] += (status ?? 0) >= 500 ? 1 : 0;
        totals[path][2] += bytes ?? 0;
      }
    }
    return totals;
  }
});

function cells(row: string): string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
