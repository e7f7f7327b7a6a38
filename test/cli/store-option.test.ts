import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryJson } from "../../server/json/history-json.ts";
import type { ListJson } from "../../server/json/list-json.ts";
import type { TickJson } from "../../server/json/tick-json.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { runCommand } from "./support/command.ts";
import { Workspace } from "./support/workspace.ts";

/** Of `nobody`, for tests that run as root, which may write everywhere. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65_534 } : {};

describe("--store", () => {
  const elsewhere = temporaryDirectory();
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting");
  });
  afterEach(() => workspace.remove());

  it("keeps tasks, history and built files in another directory, and leaves the workspace as it is", async () => {
    const store = ["--store", join(elsewhere(), "state")];
    const id = await workspace.createTask("Count", { to: 2, count: 0 }, ...store);
    assert.equal((await workspace.json<ListJson>(0, "list", ...store)).tasks[0]?.id, id);
    assert.equal((await workspace.json<ListJson>(0, "list")).tasks.length, 0);
    await workspace.json(0, "pause", id, ...store);
    assert.equal((await workspace.json<TickJson>(0, "tick", ...store)).tasks.length, 0);
    await workspace.json(0, "resume", id, ...store);
    assert.equal((await workspace.json<TickJson>(0, "tick", ...store)).tasks[0]?.status, "paused");
    const serve = workspace.start("serve", ...store);
    await serve.printed(/CountUp\] finished/);
    serve.signal("SIGTERM");
    assert.equal((await serve.result).code, 0);
    assert.equal((await workspace.json<HistoryJson>(0, "history", ...store)).entries[0]?.id, id);
    assert.equal(existsSync(workspace.path(".background-tasks")), false);
    assert.ok((await readdir(join(elsewhere(), "state"))).includes("history.jsonl"));
  });

  it("is relative to the current directory, and its built files are no task files", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 }, "--store", "state");
    await workspace.json(0, "drain", "--store", "state");
    assert.ok(existsSync(workspace.path("state", "tasks.jsonl")));
    const { stderr } = await workspace.run("check");
    assert.match(stderr, /^1 task file checked: 0 errors/m);
  });

  it("refuses a file, a directory with other files, and one inside another store", async () => {
    await workspace.write("notes/today.txt", "");
    await workspace.createTask("Count");
    for (const [store, refusal] of [
      ["counting.task.ts", /The store .*counting\.task\.ts is not a directory/],
      ["notes", /notes is not a store, and contains other files, such as today\.txt\. Name an empty directory/],
      [".", /is not a store, and contains other files/],
      [".background-tasks/cache/state", /would be inside another one, .*\.background-tasks\. Name a directory outside it/],
    ] as const) {
      const { code, stderr } = await workspace.run("list", "--store", store);
      assert.equal(code, 2, store);
      assert.match(stderr, refusal);
    }
    await mkdir(workspace.path("volume", "lost+found"), { recursive: true });
    assert.equal((await workspace.run("list", "--store", "volume")).code, 0);
    assert.equal((await workspace.run("list", "--store", ".background-tasks")).code, 0);
  });

  it("works in a read-only workspace, and check, classes and schedules need no store there", async function () {
    if (process.platform === "win32") this.skip();
    await chmod(workspace.path("counting.task.ts"), 0o444);
    await workspace.write("background-tasks.config.json", "{}");
    await chmod(workspace.directory, 0o555);
    await chmod(elsewhere(), 0o777);
    try {
      const run = (...args: string[]) => runCommand(args, { cwd: workspace.directory, ...UNPRIVILEGED });
      for (const command of ["check", "classes", "schedules"]) {
        const { code, stderr } = await run(command);
        assert.equal(code, 0, stderr);
      }
      assert.equal(existsSync(workspace.path(".background-tasks")), false);
      assert.equal((await run("create", "Count")).code, 4);
      const store = ["--store", join(elsewhere(), "state")];
      assert.equal((await run("create", "Nightly", ...store)).code, 0);
      assert.match((await run("drain", ...store)).stdout, /Nightly .*finished/);
    } finally {
      await chmod(workspace.directory, 0o755);
    }
  });
});
