import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import type { ListJson } from "../../server/json/list-json.ts";
import { encodeLine } from "../../server/store/journal/journal-codec.ts";
import { sampleTask } from "../store/sample-records.ts";
import { Workspace } from "./support/workspace.ts";

describe("a stored task that cannot be understood", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("counting");
    await workspace.createTask("Count", { to: 2, count: 0 });
    await workspace.run("tick");
    const journal = (await workspace.read(".background-tasks/tasks.jsonl")).trimEnd();
    const { seq } = JSON.parse(journal.slice(journal.lastIndexOf("\n") + 1));
    const damaged = sampleTask({ id: "odd", name: "Odd", status: "sleeping" as never });
    const line = encodeLine(seq + 1, { changes: [{ kind: "create", task: damaged }] });
    await workspace.write(".background-tasks/tasks.jsonl", `${journal}\n`);
    await appendFile(workspace.path(".background-tasks/tasks.jsonl"), line);
  });
  after(() => workspace.remove());

  it("is listed with what is wrong, and with the keys of any other task", async () => {
    const { tasks } = await workspace.json<ListJson>(0, "list");
    const [, odd] = tasks;
    assert.ok(odd && "raw" in odd);
    const { problem, raw, ...others } = odd;
    assert.deepEqual(others, {
      id: "odd",
      name: "Odd",
      class: "Maintenance",
      type: null,
      status: "damaged",
      message: "",
      params: null,
      createdAt: null,
      currentAction: null,
      actions: [],
    });
    assert.match(problem, /sleeping/);
    assert.match(raw, /"status":"sleeping"/);
    assert.deepEqual(await workspace.json(0, "show", "odd"), odd);
    assert.match((await workspace.run("list")).stdout, /^odd +Odd +damaged\n {2}.*sleeping/m);
    assert.ok((await workspace.run("show", "odd")).stdout.includes(raw));
  });

  it("stops no other task", async () => {
    const { code, stdout } = await workspace.run("tick");
    assert.equal(code, 0);
    assert.match(stdout, /CountUp: finished/);
    assert.equal((await workspace.json<ListJson>(0, "list")).tasks.length, 1);
  });

  it("cannot be paused or retried", async () => {
    for (const request of ["pause", "retry"]) {
      const { code, stderr } = await workspace.run(request, "odd");
      assert.equal(code, 2);
      assert.match(stderr, /Odd \(odd\) is damaged/);
    }
  });
});
