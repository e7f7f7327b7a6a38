import assert from "node:assert/strict";
import type { ClassesJson, SchedulesJson } from "../../server/json/classes-json.ts";
import { classesDocument, schedulesDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("classes and schedules", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("counting");
    await workspace.write(
      "jobs/scheduled.task.ts",
      `import { BackgroundTaskEx, cron, ScheduledProcess, weekly } from "background-task-ex";

export class Yearly extends BackgroundTaskEx {
  static readonly actions = [];
  static readonly schedule = cron("30 1 1 1 *", { timeZone: "Asia/Tokyo" });
}
export class AllDay extends BackgroundTaskEx {
  static readonly actions = [];
  static readonly schedule = weekly({ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", to: "00:00" });
}
export class Ping extends ScheduledProcess {
  getNextOccurrence(now: Date) { return new Date(now.getTime() + 60_000); }
  async process() { return "pong"; }
}
`,
    );
    await workspace.write("broken.task.ts", 'throw new Error("not today");\n');
  });
  after(() => workspace.remove());

  it("name every class with its kind, its file and line, actions and schedule, as documented", async () => {
    const document = await workspace.json<ClassesJson>(0, "classes");
    classesDocument(document, "classes");
    const found = new Map(document.classes.map((one) => [one.name, one]));
    assert.deepEqual(found.get("Count")?.actions, ["CountUp"]);
    assert.equal(found.get("CountUp")?.kind, "action");
    const yearly = found.get("Yearly");
    assert.deepEqual([yearly?.file, yearly?.line, yearly?.timeZone], [workspace.path("jobs", "scheduled.task.ts"), 3, "Asia/Tokyo"]);
    assert.equal(found.get("AllDay")?.isDue, true);

    const { code, stdout, stderr } = await workspace.run("classes");
    assert.equal(code, 0);
    assert.match(stdout, /^NAME +KIND +ACTIONS +SCHEDULE +FILE\n/);
    assert.match(stdout, /^Count +task +CountUp +counting\.task\.ts:\d+$/m);
    assert.match(stdout, /^CountUp +action +counting\.task\.ts:\d+$/m);
    assert.match(stderr, /warning: broken\.task\.ts.*not today/);
  });

  it("show the next times of each schedule in its own zone", async () => {
    const document = await workspace.json<SchedulesJson>(0, "schedules");
    schedulesDocument(document, "schedules");
    const yearly = document.schedules.find(({ name }) => name === "Yearly");
    assert.equal(yearly?.next?.length, 5);
    assert.match(yearly?.next?.[0] ?? "", /-12-31T16:30:00\.000Z$/);
    assert.deepEqual(document.schedules.map(({ name }) => name).sort(), ["AllDay", "Nightly", "Ping", "Yearly"]);

    const { stdout } = await workspace.run("schedules", "--next", "7");
    assert.match(stdout, /^Yearly: .* {2}jobs.scheduled\.task\.ts:3\n(?: {2}\w{3}, Jan 1, 20\d\d, 01:30 \S+\n){7}/m);
    assert.match(stdout, /^AllDay: .*\n {2}due now\n/m);
    assert.match(stdout, /^Nightly: never {2}.*\n {2}never due\n/m);
  });

  it("say so where there is nothing", async () => {
    const empty = await Workspace.create();
    try {
      await empty.write("empty.task.ts", "export {};\n");
      assert.equal((await empty.run("classes")).stdout, "The task files export no classes.\n");
      assert.equal((await empty.run("schedules")).stdout, "No class has a schedule.\n");
    } finally {
      await empty.remove();
    }
  });
});
