import assert from "node:assert/strict";
import type { HistoryEntryJson, HistoryJson } from "../../server/json/history-json.ts";
import { endedTaskDocument, historyDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("A task that has ended", () => {
  let workspace: Workspace;
  let three: string;
  let failing: string;
  before(async () => {
    workspace = await Workspace.create("counting", "failing");
    await workspace.write(
      "totals.task.ts",
      `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Add extends BackgroundTaskExAction<{ prices: number[]; total?: number }> {
  async executeAction() {
    this.params.total = this.params.prices.reduce((sum, price) => sum + price, 0);
    this.task.message = \`invoice over \${this.params.total} EUR\`;
    this.task.params.total = this.params.total;
    return true;
  }
}
export class Invoice extends BackgroundTaskEx<{ prices: number[]; total?: number }> {
  static readonly actions = [Add];
}
`,
    );
    three = await workspace.createTask("Invoice", { prices: [5, 2.5] }, "--name", "o3");
    failing = await workspace.createTask("Failing");
    await workspace.run("drain");
  });
  after(() => workspace.remove());

  const names = ({ entries }: HistoryJson) => entries.map(({ name }) => name).sort();

  it("is shown with its params, its message and what became of its actions, by id and by name", async () => {
    for (const named of [three, "o3"]) {
      const { code, stdout, stderr } = await workspace.run("show", named);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^o3\n {2}id +[\w-]+\n {2}class +Invoice\n/);
      assert.match(stdout, /outcome +finished\n {2}message +invoice over 7\.5 EUR\n/);
      assert.match(stdout, /ended +\d{4}-/);
      assert.match(stdout, /params +\{"prices":\[5,2\.5\],"total":7\.5\}\n/);
      assert.match(stdout, /1\. Add: finished, 1 attempt\n {5}params +\{"prices":\[5,2\.5\],"total":7\.5\}\n/);
    }
    const entry = await workspace.json<HistoryEntryJson>(0, "show", "o3");
    endedTaskDocument(entry, "show");
    assert.deepEqual(entry.params, { prices: [5, 2.5], total: 7.5 });
    assert.deepEqual(entry.actions[0]?.params, { prices: [5, 2.5], total: 7.5 });
    assert.deepEqual(entry.actions[0]?.attempts[0]?.params, { prices: [5, 2.5] });
  });

  it("shows every attempt that failed, with its error and where it was thrown", async () => {
    const { stdout } = await workspace.run("show", failing);
    assert.match(stdout, /1\. Fail: failed, 2 attempts\n/);
    assert.equal(stdout.match(/RangeError: out of range {2}failing\.task\.ts:6:11/g)?.length, 2, stdout);
    assert.match(stdout, /caused by Error: the reason/);
  });

  it("is found in the history by id, name, class and failure", async () => {
    const history = await workspace.json<HistoryJson>(0, "history", "o3");
    historyDocument(history, "history");
    assert.deepEqual(names(history), ["o3"]);
    assert.deepEqual(history.entries[0]?.params, { prices: [5, 2.5], total: 7.5 });
    for (const [args, expected] of [
      [[three], ["o3"]],
      [["--class", "Invoice"], ["o3"]],
      [
        ["--class", "Invoice", "--class", "Failing"],
        ["Failing", "o3"],
      ],
      [["--failed"], ["Failing"]],
      [["--class", "Invoice", "--failed"], []],
    ] as const) {
      assert.deepEqual(names(await workspace.json<HistoryJson>(0, "history", ...args)), expected, args.join(" "));
    }
    assert.equal((await workspace.run("history", "o3")).stdout, (await workspace.run("show", "o3")).stdout);
    assert.match((await workspace.run("history", "--class", "Invoice", "--failed")).stdout, /^No task that has ended matches\./);
  });

  it("is named in the table of the history by id, class and message", async () => {
    const { stdout } = await workspace.run("history");
    assert.match(stdout, /ID +NAME/);
    assert.match(stdout, new RegExp(`${three} +o3 \\(Invoice\\) +finished .*\n {2}invoice over 7\\.5 EUR\n`));
  });

  it("gives way to a stored task of its name, which says so", async () => {
    const live = await workspace.createTask("Count", { to: 1, count: 0 }, "--name", "o3");
    const { code, stdout, stderr } = await workspace.run("show", "o3");
    assert.equal(code, 0);
    assert.ok(stdout.includes(live));
    assert.match(stderr, /1 task that has ended is also named o3\. Run `background-tasks history o3` to see it\./);
    const notEnded = await workspace.run("history", live);
    assert.equal(notEnded.code, 2);
    assert.match(notEnded.stderr, /Task o3 \([\w-]+\) has not ended\. Run `background-tasks show [\w-]+` to see it\./);

    await workspace.run("drain");
    const ambiguous = await workspace.run("show", "o3");
    assert.equal(ambiguous.code, 2);
    assert.match(
      ambiguous.stderr,
      new RegExp(`2 tasks that have ended are named "o3"\\. Specify one by its id, newest first: ${live}, ${three}\\.`),
    );
    assert.equal((await workspace.json<HistoryJson>(0, "history", "o3")).entries.length, 2);
  });

  it("that never existed is refused with the nearest name", async () => {
    for (const command of ["show", "history"]) {
      const { code, stderr } = await workspace.run(command, "Failin");
      assert.equal(code, 2);
      assert.match(stderr, /There is no task "Failin", neither stored nor in the history\. Did you mean Failing\?/);
    }
  });

  it("is what a refused request points to", async () => {
    const { code, stderr } = await workspace.run("cancel", failing);
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`has ended: finished-with-failures at .*background-tasks show ${failing}\``));
  });
});
