import assert from "node:assert/strict";
import * as v from "valibot";
import { z } from "zod";
import { BackgroundTaskEx, BackgroundTaskExAction, ScheduledProcess } from "../../server/authoring/index.ts";
import { currentTasks, InputError, refusalOf } from "../../server/service/index.ts";
import { findTask } from "../../server/service/requests/find-task.ts";
import { action, Bench, outcomes, task } from "./recorded-task.ts";

class Purge extends BackgroundTaskExAction<{ table: string }> {
  executeAction() {
    return true;
  }
}

describe("creating a task", () => {
  it("gives each action its own copy of the task's params, ranked by position", async () => {
    class Purges extends BackgroundTaskEx<{ table: string }> {
      static override readonly actions = [Purge, Purge];
    }
    const bench = new Bench([Purges]);
    const created = await bench.service().createTask(Purges, { table: "log" }, { name: "nightly", type: "interactive" });
    assert.deepEqual([created.name, created.type, created.status, created.params], ["nightly", "interactive", "created", { table: "log" }]);
    const { tasks } = currentTasks(await bench.store.read());
    assert.deepEqual(
      tasks[0]?.actions.map(({ rank, params }) => [rank, params]),
      [
        [1, { table: "log" }],
        [2, { table: "log" }],
      ],
    );
  });

  it("takes the actions of createActions, with their names and ranks", async () => {
    class PerTable extends BackgroundTaskEx<{ tables: string[] }> {
      override async createActions() {
        return this.params.tables.map((table, index) => new Purge({ table }, { name: `purge ${table}`, rank: 10 - index }));
      }
    }
    const bench = new Bench([PerTable, Purge]);
    await bench.create("PerTable", { tables: ["a", "b"] });
    const report = await bench.tick();
    assert.deepEqual(
      report.tasks[0]?.actions.map(({ name }) => name),
      ["purge b", "purge a"],
    );
  });

  it("stores nothing when createActions throws, or returns what cannot be found again", async () => {
    class Throws extends BackgroundTaskEx {
      override createActions(): never {
        throw new Error("no tables");
      }
    }
    class Unexported extends BackgroundTaskEx {
      override createActions() {
        return [new Purge({ table: "x" })];
      }
    }
    const bench = new Bench([Throws, Unexported]);
    await assert.rejects(bench.create("Throws"), /no tables/);
    await assert.rejects(bench.create("Unexported"), /createActions of Unexported returned a Purge, .* Export it from a task file/);
    assert.deepEqual((await bench.store.read()).requests, []);
  });

  it("refuses params that JSON cannot represent, with the path", async () => {
    const bench = new Bench([task("T", [])]);
    await assert.rejects(bench.create("T", { list: [1, { when: new Date() }] }), {
      name: "InputError",
      message: /params\.list\[1\]\.when/,
    });
    await assert.rejects(bench.create("T", "text"), { name: "InputError", message: /must be a JSON object/ });
  });

  it("refuses an unknown class and says which one was probably meant", async () => {
    const bench = new Bench([task("CompressLogs", [])]);
    await assert.rejects(bench.create("CompresLogs"), {
      name: "InputError",
      message: /No task file exports a task class CompresLogs\. Did you mean CompressLogs\?/,
    });
  });

  for (const [library, schema] of [
    ["zod", z.object({ directory: z.string(), days: z.number().default(90) })],
    ["valibot", v.object({ directory: v.string(), days: v.optional(v.number(), 90) })],
  ] as const) {
    it(`validates params by a schema of ${library}, which may complete them`, async () => {
      class WithSchema extends BackgroundTaskEx<{ directory: string; days: number }> {
        static override readonly params = schema;
      }
      const bench = new Bench([WithSchema]);
      await bench.create("WithSchema", { directory: "logs" });
      const { tasks } = currentTasks(await bench.store.read());
      assert.deepEqual(tasks[0]?.params, { directory: "logs", days: 90 });
      await assert.rejects(
        bench.create("WithSchema", { directory: 5 }),
        (error: Error) => error instanceof InputError && /params\.directory: /.test(error.message),
      );
    });
  }
});

describe("an overridden getNextAction", () => {
  it("may create actions as they are needed; they join the task", async () => {
    const purged: string[] = [];
    class Note extends BackgroundTaskExAction<{ table: string }> {
      executeAction() {
        purged.push(this.params.table);
        return true;
      }
    }
    class Lazy extends BackgroundTaskEx<{ left: string[] }> {
      override getNextAction() {
        const table = this.params.left.shift();
        return table === undefined ? super.getNextAction() : new Note({ table });
      }
    }
    const bench = new Bench([Lazy, Note]);
    await bench.create("Lazy", { left: ["a", "b"] });
    const report = await bench.tick();
    assert.deepEqual(purged, ["a", "b"]);
    assert.equal(report.tasks[0]?.status, "finished");
    assert.deepEqual(
      (await bench.store.history())[0]?.actions.map(({ rank }) => rank),
      [1, 2],
    );
  });

  it("that throws fails the task, which waits for a retry", async () => {
    let isBroken = true;
    class Throws extends BackgroundTaskEx {
      override getNextAction() {
        if (isBroken) throw new Error("cannot choose");
        return super.getNextAction();
      }
    }
    const bench = new Bench([Throws]);
    const id = await bench.create("Throws");
    const report = await bench.tick();
    assert.equal(report.tasks[0]?.error?.message, "cannot choose");
    assert.equal((await bench.task()).status, "failed");
    isBroken = false;
    await bench.store.submit({ kind: "retry", task: id });
    assert.equal((await bench.tick()).tasks[0]?.status, "finished");
  });

  it("sees the current action through getCurrentAction", async () => {
    const seen: unknown[] = [];
    class Looks extends BackgroundTaskExAction {
      executeAction() {
        seen.push(this.task.getCurrentAction() === this);
        return true;
      }
    }
    class Task extends BackgroundTaskEx {
      static override readonly actions = [Looks];
      override getNextAction() {
        seen.push(this.getCurrentAction());
        return super.getNextAction();
      }
    }
    const bench = new Bench([Task]);
    await bench.create("Task");
    await bench.tick();
    assert.deepEqual(seen, [null, true, null]);
  });
});

describe("a class that cannot be used", () => {
  it("leaves its tasks as they are, with the reason, and stops nobody else", async () => {
    const calls: string[] = [];
    const Gone = task("Gone", [action(calls, "A", {})]);
    const There = task("There", [action(calls, "B", {})]);
    const bench = new Bench([Gone, There]);
    for (const name of ["Gone", "There"]) await bench.create(name);
    Object.assign(bench, { classes: [There] });
    const warnings: string[] = [];
    const report = await bench.tick({ observer: { warning: (message: string) => warnings.push(message) } });
    assert.deepEqual(outcomes(report), ["B:finished"]);
    const { status, problem } = await bench.task();
    assert.equal(status, "created");
    assert.match(problem ?? "", /No task file exports a task class Gone/);
    assert.match(warnings[0] ?? "", /Task Gone .* is skipped/);
    Object.assign(bench, { classes: [Gone, There] });
    assert.deepEqual(outcomes(await bench.tick()), ["A:finished"]);
  });

  it("is one of two of the same name, with the files of both", async () => {
    const bench = new Bench([
      { class: task("Twice", []), file: "/w/a.task.ts" },
      { class: task("Twice", []), file: "/w/b.task.ts" },
    ]);
    await assert.rejects(bench.create("Twice"), /2 classes are named Twice, in \/w\/a\.task\.ts and \/w\/b\.task\.ts\. Rename all but one/);
  });

  it("has a constructor that throws", async () => {
    let isBroken = false;
    class Fragile extends BackgroundTaskEx {
      constructor(params: Record<never, never>) {
        super(params);
        if (isBroken) throw new Error("not today");
      }
    }
    const bench = new Bench([Fragile]);
    await bench.create("Fragile");
    isBroken = true;
    await bench.tick();
    assert.match((await bench.task()).problem ?? "", /Cannot construct .*: Error: not today/);
  });
});

describe("requests", () => {
  it("cancel a waiting task: its actions are told in the history", async () => {
    const bench = new Bench([task("T", [action([], "A", { execute: [false] }), action([], "B", {})])]);
    const id = await bench.create("T");
    await bench.tick();
    await bench.store.submit({ kind: "cancel", task: id });
    assert.deepEqual(currentTasks(await bench.store.read()).tasks, [], "people see it gone at once");
    await bench.tick();
    const [entry] = await bench.store.history();
    assert.equal(entry?.outcome, "cancelled");
    assert.deepEqual(
      entry?.actions.map(({ outcome }) => outcome),
      ["cancelled", "not-started"],
    );
  });

  for (const [kind, status] of [
    ["cancel", undefined],
    ["pause", "paused"],
  ] as const) {
    it(`${kind} an action while it is executed: its signal aborts, no attempt is counted`, async () => {
      const calls: string[] = [];
      const bench = new Bench([]);
      const id = () => taskId;
      const Waits = action(calls, "A", { recover: [true] });
      Waits.prototype.executeAction = function () {
        calls.push("A.execute");
        void bench.store.submit({ kind, task: id() });
        return new Promise<boolean>((_resolve, reject) => this.signal.addEventListener("abort", () => reject(this.signal.reason))) as never;
      };
      Object.assign(bench, { classes: [task("T", [Waits]), task("U", [action(calls, "B", {})])] });
      const taskId = await bench.create("T");
      await bench.create("U");
      const report = await bench.tick();
      assert.deepEqual(calls, ["A.execute", "B.execute"], "the tick goes on with the other tasks");
      assert.deepEqual(outcomes(report), [kind === "cancel" ? "A:cancelled" : "A:paused", "B:finished"]);
      const [left] = await bench.tasks();
      assert.equal(left?.status, status);
      assert.equal(left?.held, kind === "pause" ? true : undefined);
      if (kind === "pause") {
        assert.deepEqual(outcomes(await bench.tick()), [], "it is left alone");
        await bench.store.submit({ kind: "resume", task: taskId });
        void bench.tick();
        while (calls.length < 3) await new Promise((resolve) => setImmediate(resolve));
      } else {
        assert.equal((await bench.store.history()).find((entry) => entry.id === taskId)?.outcome, "cancelled");
      }
    });
  }

  it("are refused where they make no sense, with the reason", async () => {
    const bench = new Bench([task("T", [action([], "A", { execute: [false] })])]);
    await bench.create("T");
    await bench.tick();
    const paused = await bench.task();
    assert.match(refusalOf("retry", paused) ?? "", /is paused: only a task that failed/);
    assert.match(refusalOf("resume", paused) ?? "", /was not paused by a user/);
    assert.equal(refusalOf("pause", paused), undefined);
  });

  it("that an interrupted tick left make its action count as paused", async () => {
    const calls: string[] = [];
    const bench = new Bench([task("T", [action(calls, "A", { execute: [() => new Promise(() => {}), true], recover: [true] })])]);
    await bench.create("T");
    void bench.tick();
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    bench.store.simulateCrash();
    await bench.store.submit({ kind: "interrupted", fence: (await bench.task()).fence ?? 0 });
    const report = await bench.tick();
    assert.deepEqual(calls, ["A.execute", "A.execute"]);
    assert.equal(report.tasks[0]?.actions[0]?.attempt, 1);
  });
});

describe("a worker that goes on after a death in the same tick", () => {
  const death = { kind: "timed-out" as const, error: { name: "TimedOut", message: "still busy", stack: "" } };

  async function afterDeath(maxAttempts: number) {
    const calls: string[] = [];
    const bench = new Bench([
      task("T", [action(calls, "A", { execute: [() => new Promise(() => {}), true], maxAttempts })]),
      task("U", [action(calls, "B", {})]),
    ]);
    const id = await bench.create("T");
    await bench.create("U");
    void bench.tick();
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const fence = (await bench.tasks())[0]?.fence ?? 0;
    bench.store.simulateCrash();
    return { bench, id, report: await bench.tick({ death: { ...death, fence }, lookedAt: new Set([id]) }) };
  }

  it("records it on the action, leaves that task for the next tick, and does the rest", async () => {
    const { bench, report } = await afterDeath(2);
    assert.deepEqual(outcomes(report), ["A:will-retry", "B:finished"]);
    const [action] = (await bench.task()).actions;
    assert.equal(action?.error?.kind, "timed-out");
    assert.deepEqual(outcomes(await bench.tick()), ["A:finished"]);
  });

  it("drops the action when it was its last attempt", async () => {
    const { report } = await afterDeath(1);
    assert.deepEqual(outcomes(report), ["A:failed", "B:finished"]);
  });
});

describe("the mutex", () => {
  it("makes the later of two ticks answer locked at once", async () => {
    const calls: string[] = [];
    const bench = new Bench([]);
    const others: unknown[] = [];
    const tickAgain = async () => others.push(await bench.tick()) > 0;
    Object.assign(bench, { classes: [task("T", [action(calls, "A", { execute: [tickAgain] })])] });
    await bench.create("T");
    assert.deepEqual(outcomes(await bench.tick()), ["A:finished"]);
    assert.deepEqual(others, [{ outcome: "locked", durationMs: 0, tasks: [] }]);
  });
});

describe("a filter", () => {
  it("narrows a tick to a task, a class or a type", async () => {
    const bench = new Bench([task("T", [action([], "A", {})]), task("U", [action([], "B", {})])]);
    const create = async () => {
      await bench.create("T", {}, { name: "one" });
      await bench.create("T", {}, { name: "two", type: "interactive" });
      await bench.create("U", {}, { name: "three" });
    };
    const names = async (filter: object) => (await bench.service().processTasks(filter)).tasks.map(({ name }) => name);
    await create();
    assert.deepEqual(await names({ task: "one" }), ["one"]);
    assert.deepEqual(await names({ class: "U" }), ["three"]);
    assert.deepEqual(await names({ type: "cron" }), []);
    assert.deepEqual(await names({ type: "interactive" }), ["two"]);
    await assert.rejects(bench.service().processTasks({ task: "four" }), { name: "InputError", message: /There is no task "four"/ });
    assert.ok(await bench.store.acquire(), "a refused filter gives the mutex back");
  });

  it("finds a task by id or unique name", () => {
    const tasks = [
      { id: "1", name: "a" },
      { id: "2", name: "b" },
      { id: "3", name: "b" },
    ];
    assert.equal(findTask(tasks, "1").id, "1");
    assert.equal(findTask(tasks, "a").id, "1");
    assert.throws(() => findTask(tasks, "b"), /2 tasks are named "b"\. Specify one by its id: 2, 3\./);
  });
});

describe("schedules", () => {
  const minute = 60_000;

  function scheduled(schedule: BackgroundTaskExSchedule) {
    class Nightly extends BackgroundTaskEx<{ directory: string }> {
      static override readonly schedule = schedule;
      static override readonly scheduledParams = { directory: "logs" };
      static override readonly actions = [Slow];
    }
    return new Bench([Nightly]);
  }
  let isFinished = true;
  class Slow extends BackgroundTaskExAction<{ directory: string }> {
    executeAction() {
      return isFinished;
    }
  }
  interface BackgroundTaskExSchedule {
    getNextOccurrence(now: Date): Date | null;
    getWindowEnd?(now: Date): Date | null;
    describe?(): string;
  }
  const everyHour = { getNextOccurrence: (now: Date) => new Date((Math.floor(now.getTime() / (60 * minute)) + 1) * 60 * minute) };

  beforeEach(() => {
    isFinished = true;
  });

  it("create and execute a task of type cron when they are due, once for all occurrences that were missed", async () => {
    const bench = scheduled(everyHour);
    assert.deepEqual(outcomes(await bench.tick()), [], "not due yet");
    bench.now += 5 * 60 * minute;
    const report = await bench.tick();
    assert.deepEqual(
      report.tasks.map(({ name, type, status }) => [name, type, status]),
      [["Nightly", "cron", "finished"]],
    );
    assert.deepEqual((await bench.store.history())[0]?.params, { directory: "logs" });
    assert.deepEqual(outcomes(await bench.tick()), []);
  });

  it("add no second task while the one before is still at work", async () => {
    const bench = scheduled(everyHour);
    isFinished = false;
    await bench.tick();
    for (let hour = 0; hour < 3; hour++) {
      bench.now += 60 * minute;
      await bench.tick();
    }
    assert.equal((await bench.tasks()).length, 1);
  });

  it("with a window execute their task inside of it only, once for each window, up to its end", async () => {
    const day = 24 * 60 * minute;
    const start = (now: Date) => Math.floor(now.getTime() / day) * day;
    const window = {
      getNextOccurrence: (now: Date) => (now.getTime() - start(now) <= 60 * minute ? now : new Date(start(now) + day)),
      getWindowEnd: (now: Date) => (now.getTime() - start(now) <= 60 * minute ? new Date(start(now) + 60 * minute) : null),
    };
    const bench = scheduled(window);
    bench.now = Date.UTC(2026, 0, 5, 0, 59, 50);
    isFinished = false;
    assert.deepEqual(outcomes(await bench.tick()), ["Slow:paused"]);
    bench.now = Date.UTC(2026, 0, 5, 2);
    assert.deepEqual(outcomes(await bench.tick()), [], "the window is closed");
    isFinished = true;
    bench.now = Date.UTC(2026, 0, 6, 0, 10);
    assert.deepEqual(outcomes(await bench.tick()), ["Slow:finished"]);
    assert.deepEqual(outcomes(await bench.tick()), [], "once for each window");
    bench.now = Date.UTC(2026, 0, 7, 0, 10);
    assert.deepEqual(outcomes(await bench.tick()), ["Slow:finished"]);
  });

  it("start afresh when they were edited", async () => {
    const bench = scheduled({ getNextOccurrence: () => new Date(Date.UTC(2030, 0, 1)), describe: () => "in 2030" });
    await bench.tick();
    class Nightly extends BackgroundTaskEx<{ directory: string }> {
      static override readonly schedule = { ...everyHour, describe: () => "every hour" };
      static override readonly actions = [Slow];
    }
    Object.assign(bench, { classes: [Nightly] });
    await bench.tick();
    bench.now += 60 * minute;
    assert.deepEqual(outcomes(await bench.tick()), ["Slow:finished"]);
  });

  it("warn in each tick, long before they are due, if the class refuses the params of the tasks they would create", async () => {
    class Nightly extends BackgroundTaskEx<{ directory: string }> {
      static override readonly schedule = everyHour;
      static override readonly params = z.object({ directory: z.string() });
    }
    const bench = new Bench([Nightly]);
    const warnings: string[] = [];
    const observer = { warning: (message: string) => warnings.push(message) };
    assert.equal((await bench.tick({ observer })).outcome, "done");
    await bench.tick({ observer });
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", /^The schedule of Nightly cannot create tasks\..* params\.directory: /);
    bench.now += 60 * minute;
    const [failure] = (await bench.tick({ observer })).processes ?? [];
    assert.match(failure?.error?.message ?? "", /^The params of Nightly do not match its schema:/);
  });

  it("that throw are reported and stop nobody", async () => {
    const bench = scheduled({
      getNextOccurrence: () => {
        throw new Error("no calendar");
      },
    });
    const report = await bench.tick();
    assert.deepEqual(
      report.processes?.map(({ name, outcome, error }) => [name, outcome, error?.message]),
      [["Nightly", "failed", "no calendar"]],
    );
  });

  it("of an exported ScheduledProcess call it with the deadline and keep what it says", async () => {
    const ran: number[] = [];
    class Heartbeat extends ScheduledProcess {
      getNextOccurrence(now: Date) {
        return everyHour.getNextOccurrence(now);
      }
      async process(deadline: { remaining(): number }) {
        ran.push(deadline.remaining());
        return "beat";
      }
    }
    const bench = new Bench([Heartbeat]);
    await bench.tick();
    bench.now += 60 * minute;
    assert.deepEqual((await bench.tick()).processes, [{ name: "Heartbeat", outcome: "finished", message: "beat" }]);
    assert.deepEqual(ran, [30_000]);
    assert.equal((await bench.store.read()).schedules[0]?.lastResult, "beat");
  });
});
