import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import type { TickJson } from "../../server/json/tick-json.ts";
import { encodeChecked } from "../../server/store/journal/journal-codec.ts";
import { historyDocument, listDocument, tickDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("tick", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting", "failing");
  });
  afterEach(() => workspace.remove());

  it("executes the stored tasks once: exit code 0", async () => {
    const id = await workspace.createTask("Count", { to: 2, count: 0 });
    const first = await workspace.json<TickJson>(0, "tick");
    tickDocument(first, "tick");
    const { durationMs: _, ...action } = first.tasks[0]?.actions[0] ?? { durationMs: 0 };
    assert.deepEqual(action, { name: "CountUp", class: "CountUp", outcome: "paused", attempt: 1 });
    assert.equal(first.tasks[0]?.id, id);
    const second = await workspace.json<TickJson>(0, "tick");
    assert.equal(second.tasks[0]?.status, "finished");
    assert.equal(await workspace.read("counted.txt"), "1\n2\n");
    historyDocument(await workspace.json(0, "history"), "history");
  });

  it("says in words what it did, what user code printed, and by whom", async () => {
    const id = await workspace.createTask("Count", { to: 2, count: 0 });
    const { code, stdout, stderr } = await workspace.run("tick");
    assert.equal(code, 0);
    assert.match(
      stdout,
      new RegExp(`^Count ${id}: paused\n  CountUp: paused after [^\n]+\nTick done after [^\n]+: 1 task; 1 paused\\.\n$`),
    );
    assert.match(stderr, /^\[Count\/CountUp\] started\n\[Count\/CountUp\] counted 1\n\[Count\/CountUp\] paused after [^\n]+\n$/);
  });

  it("says why it did nothing: what waits, what is held, and what cannot run; exit code 0", async () => {
    await workspace.createTask("Later", { delay: 0, failed: false });
    await workspace.run("tick");
    await workspace.createTask("Count", { to: 1, count: 0 });
    const held = await workspace.createTask("Later", { delay: 0, failed: false });
    await workspace.run("pause", held);
    await rm(workspace.path("counting.task.ts"));
    const { code, stdout, stderr } = await workspace.run("tick");
    assert.match(stdout, /^Tick done after [^\n]+: nothing to do; not executed: 1 waits until [\d:]+, 1 cannot run, 1 held\.\n$/);
    assert.match(stderr, /Task Count [^\n]+ is skipped\. No task file exports a task class Count\./);
    assert.equal(code, 0);
    const document = await workspace.json<TickJson>(0, "tick");
    tickDocument(document, "tick");
    assert.deepEqual({ ...document.skipped, nextAttemptAt: "" }, { waiting: 1, nextAttemptAt: "", blocked: 1, held: 1 });
  });

  it("keeps everything but the document off stdout with --json", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    const { stdout, stderr } = await workspace.run("tick", "--json");
    tickDocument(JSON.parse(stdout), "tick");
    assert.match(stderr, /^\[Count\/CountUp\] counted 1$/m);
  });

  it("ends with exit code 1 when an action failed, also when it will be retried", async () => {
    await workspace.createTask("Failing");
    const first = await workspace.json<TickJson>(1, "tick");
    tickDocument(first, "tick");
    const failure = first.tasks[0]?.actions[0];
    assert.equal(failure?.outcome, "will-retry");
    const { stack, cause, ...error } = failure?.error ?? { stack: "" };
    assert.deepEqual(error, { name: "RangeError", message: "out of range", file: workspace.path("failing.task.ts"), line: 6, column: 11 });
    assert.match(stack, /^RangeError: out of range\n/);
    assert.equal(cause?.message, "the reason");
    listDocument(await workspace.json(0, "list"), "list");

    const second = await workspace.json<TickJson>(1, "tick");
    assert.equal(second.tasks[0]?.actions[0]?.outcome, "failed");
    const history = await workspace.json<{ entries: { outcome: string }[] }>(0, "history");
    historyDocument(history, "history");
    assert.equal(history.entries[0]?.outcome, "finished-with-failures");
  });

  it("shows a failure with its place, here and in list, show and history", async () => {
    const id = await workspace.createTask("Failing");
    const { code, stdout } = await workspace.run("tick");
    assert.equal(code, 1);
    const failure = /RangeError: out of range {2}failing\.task\.ts:6:11\n +caused by Error: the reason {2}failing\.task\.ts:6:/;
    assert.match(stdout, failure);
    assert.match((await workspace.run("list")).stdout, failure);
    assert.match((await workspace.run("show", id)).stdout, failure);
    await workspace.run("tick");
    assert.match((await workspace.run("history")).stdout, failure);
  });

  it("ends with exit code 3 when another tick holds the mutex", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    const store = await workspace.openStore();
    const owner = await store.acquire();
    try {
      const report = await workspace.json<TickJson>(3, "tick");
      tickDocument(report, "tick");
      assert.equal(report.outcome, "locked");
      assert.deepEqual(report.tasks, []);
      const { stdout, stderr } = await workspace.run("tick");
      assert.equal(stdout, "Another tick is running: nothing was done.\n");
      assert.match(
        stderr,
        new RegExp(`The tick belongs to process ${process.pid} on \\S+, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\S+\\.\n$`),
      );
      const drained = await workspace.run("drain", "--json");
      assert.equal(drained.code, 3);
      assert.equal(JSON.parse(drained.stdout).ticks[0].outcome, "locked");
    } finally {
      await owner?.release();
      await store.close();
    }
    assert.equal(existsSync(workspace.path("counted.txt")), false);
  });

  it("says how to free the mutex when its owner may be gone", async () => {
    const store = await workspace.openStore();
    const owner = await store.acquire();
    const holder = await store.mutexHolder();
    assert(holder);
    const identity = JSON.parse(await readFile(holder.file, "utf8"));
    await writeFile(holder.file, JSON.stringify({ ...identity, host: "another\u001b[31m", bootId: "another" }));
    for (const command of ["tick", "drain"]) {
      const { code, stderr } = await workspace.run(command);
      assert.equal(code, 3);
      assert.match(stderr, new RegExp(`process ${process.pid} on another.*not certain whether that process still runs`));
      assert(stderr.includes(`remove ${holder.file} and`), stderr);
      assert(!stderr.includes("\u001b[31m"));
    }
    await owner?.release();
    await store.close();
  });

  it("ends with exit code 4 when the store cannot be used, whatever the command", async () => {
    await workspace.write(".background-tasks", "not a directory");
    for (const args of [["tick"], ["drain"], ["serve"], ["create", "Count"], ["list"], ["show", "x"], ["history"], ["cancel", "x"]]) {
      const { code, stdout, stderr } = await workspace.run(...args);
      assert.deepEqual({ args, code, stdout }, { args, code: 4, stdout: "" });
      assert.match(stderr, /^(.*\n)*error: .*\.background-tasks/);
    }
    assert.equal(await workspace.read(".background-tasks"), "not a directory");
  });

  it("ends with exit code 4, and changes nothing, when a newer version wrote the store", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.run("tick");
    const journal = await workspace.read(".background-tasks/tasks.jsonl");
    const header = { format: "background-task-ex journal", version: 999, id: "of a newer version", seq: 0 };
    const newer = encodeChecked(header) + journal.slice(journal.indexOf("\n") + 1);
    await workspace.write(".background-tasks/tasks.jsonl", newer);
    for (const args of [["tick"], ["list"], ["create", "Count", "--params", '{"to":1,"count":0}']]) {
      const { code, stdout, stderr } = await workspace.run(...args);
      assert.deepEqual([code, stdout], [4, ""], args.join(" "));
      assert.match(stderr, /newer version/);
    }
    assert.equal(await workspace.read(".background-tasks/tasks.jsonl"), newer);
  });

  it("observes the time budget, to a fraction of a second", async () => {
    await workspace.createTask("Endless", { rounds: 0 });
    const report = await workspace.json<TickJson>(0, "tick", "--max-execution-time", "2.5");
    assert.equal(report.outcome, "time-budget-spent");
    assert.equal(report.tasks[0]?.status, "paused");
    assert.equal((await workspace.read("hashed")).length, 64);
  });

  it("can be narrowed to a task, a class or a type", async () => {
    const count = await workspace.createTask("Count", { to: 9, count: 0 }, "--name", "nine");
    const interactive = await workspace.createTask("Count", { to: 9, count: 0 }, "--interactive");
    const failing = await workspace.createTask("Failing");
    const ticked = async (code: number, ...args: readonly string[]) =>
      (await workspace.json<TickJson>(code, "tick", ...args)).tasks.map(({ id }) => id);
    assert.deepEqual(await ticked(0, "--task", "nine"), [count]);
    assert.deepEqual(await ticked(0, "--class", "Count"), [interactive, count]);
    assert.deepEqual(await ticked(0, "--type", "interactive"), [interactive]);
    assert.deepEqual(await ticked(1, "--task", failing), [failing]);
    const { code, stderr } = await workspace.run("tick", "--task", "ninee");
    assert.equal(code, 2);
    assert.match(stderr, /There is no task "ninee"\. Did you mean nine\?/);
  });

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    it(`pauses what is running on ${signal}, and ends with exit code ${code}`, async () => {
      await workspace.createTask("Endless", { rounds: 0 });
      const command = workspace.start("tick", "--json");
      await command.printed(/\[Endless\/Hash\] started/);
      command.signal(signal);
      const result = await command.result;
      assert.equal(result.code, code);
      const report: TickJson = JSON.parse(result.stdout);
      tickDocument(report, "tick");
      assert.equal(report.outcome, "cancelled");
      assert.equal(report.tasks[0]?.actions[0]?.outcome, "paused");
      const { tasks } = await workspace.json<{ tasks: { status: string; actions: { attempt: number; error?: object }[] }[] }>(0, "list");
      assert.equal(tasks[0]?.status, "paused");
      assert.equal(tasks[0]?.actions[0]?.attempt, 1);
      assert.equal(tasks[0]?.actions[0]?.error, undefined);
    });
  }

  it("tells of task files that do not load, and executes the others", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.write("broken.task.ts", "export class {\n");
    const { code, stdout, stderr } = await workspace.run("tick");
    assert.equal(code, 0);
    assert.match(stderr, /^warning: broken\.task\.ts:1:14: /m);
    assert.match(stdout, /CountUp: finished/);
  });
});
