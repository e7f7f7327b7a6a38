import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { HistoryJson } from "../../server/json/history-json.ts";
import type { ListJson } from "../../server/json/list-json.ts";
import { tickDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("serve", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting", "failing");
  });
  afterEach(() => workspace.remove());

  it("says what it leaves alone while it waits", async () => {
    const held = await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.run("pause", held);
    const command = workspace.start("serve");
    await command.printed(/ Nothing to do until something changes \(1 held\)\.$/m);
    await workspace.run("resume", held);
    await command.printed(/ Nothing to do until something changes\.$/m);
    command.signal("SIGTERM");
    assert.equal((await command.result).code, 0);
  });

  it("executes what other processes create, and ends on SIGTERM with exit code 0", async () => {
    const serve = workspace.start("serve");
    await serve.printed(/Nothing to do until something changes/);
    await workspace.createTask("Count", { to: 2, count: 0 });
    await serve.printed(/CountUp\] finished/);
    serve.signal("SIGTERM");
    const { code, stdout, stderr } = await serve.result;
    assert.equal(code, 0);
    assert.equal(stdout, "");
    for (const line of stderr.trimEnd().split("\n")) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /);
    assert.match(stderr, /Stopped/);
    assert.equal((await workspace.json<HistoryJson>(0, "history")).entries[0]?.ticks, 2);
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`pauses what is running on ${signal}, and kills nothing`, async () => {
      await workspace.createTask("Endless", { rounds: 0 });
      const serve = workspace.start("serve");
      await serve.printed(/\[Endless\/Hash\] started/);
      serve.signal(signal);
      const { code, stderr } = await serve.result;
      assert.equal(code, 0);
      assert.match(stderr, /\[Endless\/Hash\] paused/);
      const { tasks } = await workspace.json<ListJson>(0, "list");
      assert.equal(tasks[0]?.status, "paused");
      assert.equal(tasks[0]?.actions[0]?.attempt, 1);
      assert.equal(tasks[0]?.actions[0]?.error, undefined);
      assert.ok((await workspace.read("hashed")).length > 0, "the action came to its own end");
    });
  }

  it("writes one line of JSON for each tick with --json", async () => {
    await workspace.createTask("Count", { to: 2, count: 0 });
    const serve = workspace.start("serve", "--json");
    await serve.printed(/CountUp\] finished/);
    await serve.printed(/Nothing to do until/);
    serve.signal("SIGTERM");
    const { stdout } = await serve.result;
    const reports = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const report of reports) tickDocument(report, "serve");
    assert.deepEqual(
      reports.flatMap(({ tasks }) => tasks).map(({ status }) => status),
      ["paused", "finished"],
    );
  });

  it("waits for another tick to end, and goes on then", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    const store = await workspace.openStore();
    const owner = await store.acquire();
    const serve = workspace.start("serve");
    await serve.printed(/Another tick is running/);
    await owner?.release();
    await store.close();
    await serve.printed(/CountUp\] finished/);
    serve.signal("SIGTERM");
    assert.equal((await serve.result).code, 0);
  });

  it("says how to free the mutex when its owner may be gone, and goes on once it is free", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    const store = await workspace.openStore();
    const writer = await store.acquire();
    const holder = await store.mutexHolder();
    assert(holder);
    const identity = JSON.parse(await readFile(holder.file, "utf8"));
    await writeFile(holder.file, JSON.stringify({ ...identity, host: "another", bootId: "another" }));
    const serve = workspace.start("serve");
    await serve.printed(new RegExp(`remove ${holder.file} and this command continues by itself`));
    await rm(holder.file);
    await serve.printed(/CountUp\] finished/);
    serve.signal("SIGTERM");
    assert.equal((await serve.result).code, 0);
    await writer?.release();
    await store.close();
  });

  it("tries a blocked task again when its task file comes back", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    await rename(workspace.path("counting.task.ts"), workspace.path("counting.ts.away"));
    const serve = workspace.start("serve");
    await serve.printed(/is skipped\. No task file exports a task class Count/);
    await serve.printed(/Nothing to do until/);
    await rename(workspace.path("counting.ts.away"), workspace.path("counting.task.ts"));
    await serve.printed(/CountUp\] finished/);
    serve.signal("SIGTERM");
    assert.equal((await serve.result).code, 0);
  });

  it("ends at once on a second signal", async () => {
    await workspace.write(
      "stubborn.task.ts",
      `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
      export class Spin extends BackgroundTaskExAction { async executeAction() { for (;;); return true; } }
      export class Spinning extends BackgroundTaskEx { static readonly actions = [Spin]; }`,
    );
    await workspace.createTask("Spinning");
    const serve = workspace.start("serve");
    await serve.printed(/\[Spinning\/Spin\] started/);
    serve.signal("SIGTERM");
    await serve.printed(/a second signal stops them immediately/);
    serve.signal("SIGINT");
    assert.equal((await serve.result).code, 130);
  });
});
