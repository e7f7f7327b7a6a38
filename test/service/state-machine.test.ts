import assert from "node:assert/strict";
import { action, Bench, outcomes, task } from "./recorded-task.ts";

const never = () => new Promise<boolean>(() => {});

/** A bench with one task `T` of the given actions, whose calls are noted. */
async function oneTask(build: (calls: string[]) => ReturnType<typeof action>[], onActionFailed: "continue" | "stop" = "continue") {
  const calls: string[] = [];
  const bench = new Bench([task("T", build(calls), onActionFailed)]);
  await bench.create("T");
  return { bench, calls };
}

/** Starts a tick and kills its process as soon as the method is called. */
async function tickKilledIn(bench: Bench, calls: string[], call: string) {
  void bench.tick();
  while (!calls.includes(call)) await new Promise((resolve) => setImmediate(resolve));
  bench.store.simulateCrash();
}

describe("a task that was created", () => {
  it("has its first action initiated and executed, and the next one in the same tick", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [true] }), action(calls, "B", {})]);
    const report = await bench.tick();
    assert.deepEqual(calls, ["A.init", "A.execute", "B.execute"]);
    assert.deepEqual(outcomes(report), ["A:finished", "B:finished"]);
    assert.equal(report.tasks[0]?.status, "finished");
    assert.deepEqual(await bench.tasks(), []);
  });

  it("finishes at once when it has no action", async () => {
    const { bench } = await oneTask(() => []);
    const report = await bench.tick();
    assert.equal(report.tasks[0]?.status, "finished");
    assert.equal((await bench.store.history())[0]?.outcome, "finished");
  });

  it("drops an action whose init says that there is nothing to do, and goes on", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [false] }), action(calls, "B", {})]);
    const report = await bench.tick();
    assert.deepEqual(calls, ["A.init", "B.execute"]);
    assert.deepEqual(outcomes(report), ["A:dropped", "B:finished"]);
    assert.equal((await bench.store.history())[0]?.outcome, "finished");
  });

  it("stays starting when init throws, and drops the action in the next tick without a further call", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [new Error("no disk")] }), action(calls, "B", {})]);
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed"]);
    assert.equal((await bench.task()).status, "starting");
    assert.equal((await bench.task()).actions[0]?.error?.message, "no disk");
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.init", "B.execute"]);
    const [entry] = await bench.store.history();
    assert.equal(entry?.outcome, "finished-with-failures");
    assert.equal(entry?.actions[0]?.attempts[0]?.error?.message, "no disk");
  });

  it("drops the action in the next tick when the process died in init", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [never] }), action(calls, "B", {})]);
    await tickKilledIn(bench, calls, "A.init");
    assert.equal((await bench.task()).status, "starting");
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.init", "B.execute"]);
  });
});

describe("a task found running", () => {
  it("recovers and executes in the same tick after a throw", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { execute: [new Error("first"), true], recover: [true] })]);
    assert.deepEqual(outcomes(await bench.tick()), ["A:will-retry"]);
    const failed = await bench.task();
    assert.equal(failed.status, "running");
    assert.equal(failed.actions[0]?.error?.message, "first");
    assert.equal(failed.actions[0]?.error?.kind, "thrown");
    assert.deepEqual(outcomes(await bench.tick()), ["A:finished"]);
    assert.deepEqual(calls, ["A.execute", "A.recover", "A.execute"]);
    const attempts = (await bench.store.history())[0]?.actions[0]?.attempts;
    assert.deepEqual(
      attempts?.map((attempt) => attempt.error?.message),
      ["first", undefined],
    );
  });

  it("recovers likewise when its process died, and is told so", async () => {
    const kinds: string[] = [];
    const calls: string[] = [];
    const Dies = action(calls, "A", { execute: [never, true], recover: [true] });
    const recover = Dies.prototype.changeActionParamsOnError;
    Dies.prototype.changeActionParamsOnError = function (error) {
      kinds.push(`${error.kind} ${error.attempt}`);
      return recover.call(this, error);
    };
    const bench = new Bench([task("T", [Dies])]);
    await bench.create("T");
    await tickKilledIn(bench, calls, "A.execute");
    assert.equal((await bench.task()).status, "running");
    await bench.tick();
    assert.deepEqual(calls, ["A.execute", "A.recover", "A.execute"]);
    assert.deepEqual(kinds, ["process-died 1"]);
  });

  it("drops the action as failed when recovery gives up, and goes on", async () => {
    const { bench, calls } = await oneTask((calls) => [
      action(calls, "A", { execute: [new Error("x")], recover: [false] }),
      action(calls, "B", {}),
    ]);
    await bench.tick();
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.execute", "A.recover", "B.execute"]);
    assert.equal((await bench.store.history())[0]?.outcome, "finished-with-failures");
  });

  it("drops the action at once, without a recovery, when the last attempt fails", async () => {
    const { bench, calls } = await oneTask((calls) => [
      action(calls, "A", { execute: [new Error("x")], recover: [true], maxAttempts: 2 }),
      action(calls, "B", {}),
    ]);
    await bench.tick();
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.execute", "A.recover", "A.execute", "B.execute"]);
  });

  it("drops the action when the process died in its last attempt", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { execute: [never], recover: [true], maxAttempts: 1 })]);
    await tickKilledIn(bench, calls, "A.execute");
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed"]);
    assert.deepEqual(calls, ["A.execute"]);
  });
});

describe("a task found recovering", () => {
  it("drops the action: a recovery that throws is not recovered from", async () => {
    const { bench, calls } = await oneTask((calls) => [
      action(calls, "A", { execute: [new Error("the work")], recover: [new Error("the recovery")] }),
      action(calls, "B", {}),
    ]);
    await bench.tick();
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed"]);
    const { status, actions } = await bench.task();
    assert.equal(status, "recovering");
    assert.equal(actions[0]?.error?.message, "the recovery");
    assert.equal(actions[0]?.error?.cause?.message, "the work");
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.execute", "A.recover", "B.execute"]);
  });

  it("drops the action when the process died in the recovery", async () => {
    const { bench, calls } = await oneTask((calls) => [
      action(calls, "A", { execute: [new Error("the work")], recover: [never] }),
      action(calls, "B", {}),
    ]);
    await bench.tick();
    await tickKilledIn(bench, calls, "A.recover");
    assert.equal((await bench.task()).status, "recovering");
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed", "B:finished"]);
    assert.deepEqual(calls, ["A.execute", "A.recover", "B.execute"]);
  });
});

describe("a task found paused", () => {
  it("is executed again without init", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [true], execute: [false, false, true] })]);
    assert.deepEqual(outcomes(await bench.tick()), ["A:paused"]);
    assert.equal((await bench.task()).status, "paused");
    await bench.tick();
    await bench.tick();
    assert.deepEqual(calls, ["A.init", "A.execute", "A.execute", "A.execute"]);
    const [entry] = await bench.store.history();
    assert.equal(entry?.ticks, 3);
    assert.equal(entry?.actions[0]?.attempts.length, 1, "a pause adds no attempt");
  });

  it("keeps its attempt over pauses", async () => {
    const { bench } = await oneTask((calls) => [action(calls, "A", { execute: [new Error("x"), false, new Error("y"), true] })]);
    const attempts: (number | undefined)[] = [];
    for (let i = 0; i < 4; i++) attempts.push((await bench.tick()).tasks[0]?.actions[0]?.attempt);
    assert.deepEqual(attempts, [1, 2, 2, 3]);
  });
});

describe("a deadline reached between two actions", () => {
  it("saves the task as paused without a current action; the next tick chooses the next action", async () => {
    const calls: string[] = [];
    const bench = new Bench([]);
    const spend = () => {
      bench.now += 40_000;
      return true;
    };
    const classes = [task("T", [action(calls, "A", { execute: [spend] }), action(calls, "B", { init: [true] })])];
    Object.assign(bench, { classes });
    await bench.create("T");
    const report = await bench.tick();
    assert.equal(report.outcome, "time-budget-spent");
    assert.deepEqual(outcomes(report), ["A:finished"]);
    const { status, currentAction } = await bench.task();
    assert.deepEqual({ status, currentAction }, { status: "paused", currentAction: null });
    await bench.tick();
    assert.deepEqual(calls, ["A.execute", "B.init", "B.execute"]);
  });
});

describe("onActionFailed = stop", () => {
  it("keeps the task as failed; a retry executes from the saved params as attempt 1, without init", async () => {
    const { bench, calls } = await oneTask(
      (calls) => [
        action(calls, "A", { init: [true], execute: [new Error("x"), true], recover: [true], maxAttempts: 1 }),
        action(calls, "B", {}),
      ],
      "stop",
    );
    assert.deepEqual(outcomes(await bench.tick()), ["A:failed"]);
    const failed = await bench.task();
    assert.equal(failed.status, "failed");
    assert.equal(failed.actions[0]?.outcome, "failed");
    assert.deepEqual(outcomes(await bench.tick()), [], "a failed task waits for a person");
    await bench.store.submit({ kind: "retry", task: failed.id });
    const report = await bench.tick();
    assert.deepEqual(outcomes(report), ["A:finished", "B:finished"]);
    assert.equal(report.tasks[0]?.actions[0]?.attempt, 1);
    assert.deepEqual(calls, ["A.init", "A.execute", "A.execute", "B.execute"]);
    assert.equal((await bench.store.history())[0]?.outcome, "finished");
  });

  it("calls init again on a retry when it was init that failed", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", { init: [new Error("x"), true] })], "stop");
    await bench.tick();
    await bench.tick();
    const failed = await bench.task();
    assert.equal(failed.status, "failed");
    await bench.store.submit({ kind: "retry", task: failed.id });
    await bench.tick();
    assert.deepEqual(calls, ["A.init", "A.init", "A.execute"]);
  });
});

describe("the order of a tick", () => {
  it("is interactive before cron, then starting, recovering, running, paused, created, then oldest first", async () => {
    const statuses = ["created", "running", "paused", "recovering", "starting"] as const;
    const bench = new Bench([task("T", [action([], "A", {})])]);
    const ids: string[] = [];
    for (const type of ["cron", "interactive"] as const) {
      for (const status of [...statuses, ...statuses])
        ids.push(await bench.create("T", {}, { type, name: `${type} ${status} ${ids.length}` }));
    }
    await fulfilRequests(bench);
    const writer = await bench.store.acquire();
    for (const { id, name } of await bench.tasks()) {
      const status = statuses.find((candidate) => name.includes(candidate)) ?? "created";
      writer?.append({ changes: [{ kind: "change", id, set: { status, currentAction: status === "created" ? null : "a1" } }] });
    }
    await writer?.release();
    const order = (await bench.tick()).tasks.map(({ name }) => name);
    assert.deepEqual(order, [
      ...["interactive starting 14", "interactive starting 19", "interactive recovering 13", "interactive recovering 18"],
      ...["interactive running 11", "interactive running 16", "interactive paused 12", "interactive paused 17"],
      ...["interactive created 10", "interactive created 15"],
      ...["cron starting 4", "cron starting 9", "cron recovering 3", "cron recovering 8"],
      ...["cron running 1", "cron running 6", "cron paused 2", "cron paused 7", "cron created 0", "cron created 5"],
    ]);
  });

  it("executes actions by rank, equal ranks in the order of their creation", async () => {
    const { bench, calls } = await oneTask((calls) => [action(calls, "A", {}), action(calls, "B", {}), action(calls, "C", {})]);
    await fulfilRequests(bench);
    const { id } = await bench.task();
    const writer = await bench.store.acquire();
    const ranks = [2, 1, 1];
    writer?.append({ changes: [{ kind: "change", id, actions: ranks.map((rank, index) => ({ id: `a${index + 1}`, set: { rank } })) }] });
    await writer?.release();
    await bench.tick();
    assert.deepEqual(calls, ["B.execute", "C.execute", "A.execute"]);
  });

  it("looks at each task once, and a task that is not finished does not stop the others", async () => {
    const calls: string[] = [];
    const bench = new Bench([
      task("T", [action(calls, "A", { execute: [false] })]),
      task("U", [action(calls, "B", { execute: [new Error("x")] })]),
      task("V", [action(calls, "C", {})]),
    ]);
    for (const name of ["T", "U", "V"]) await bench.create(name);
    await bench.tick();
    assert.deepEqual(calls, ["A.execute", "B.execute", "C.execute"]);
  });

  it("reads each list when it is reached: a task created during the tick for a later list still runs in it", async () => {
    const calls: string[] = [];
    const bench = new Bench([]);
    const service = () => current;
    const Creates = action(calls, "A", {
      execute: [
        () =>
          service()
            .createTaskByName("U", {})
            .then(() => true),
      ],
    });
    Object.assign(bench, { classes: [task("T", [Creates]), task("U", [action(calls, "B", {})])] });
    const current = bench.service();
    await bench.create("T", {}, { type: "interactive" });
    await current.processTasks();
    assert.deepEqual(calls, ["A.execute", "B.execute"]);
  });
});

/** A tick that has time for nothing but the requests. */
async function fulfilRequests(bench: Bench): Promise<void> {
  const service = bench.service();
  service.setProcessEndTime(bench.now);
  await service.processTasks();
}
