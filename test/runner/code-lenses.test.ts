import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import type { CodeLens } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { type ClientOptions, RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const SHOP = `
export class CountOrders extends BackgroundTaskExAction<{ directory: string }> {
  static readonly maxAttempts = 3;
  executeAction() {
    if (existsSync(this.params.directory + "/open")) throw new Error("somebody writes");
    return true;
  }
}
export class DailyOrders extends BackgroundTaskEx<{ directory: string }> { static readonly actions = [CountOrders]; }
`;

describe("Code lenses", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  async function start(files: Readonly<Record<string, string>>, options?: ClientOptions): Promise<void> {
    workspace = await TaskWorkspace.create(files);
    client = await RunnerClient.start([workspace.directory], options);
    if (options?.options?.trusted !== false) await client.until("the classes", () => client.folder(workspace.directory).areClassesKnown);
  }

  const folder = () => uriOf(workspace.directory);
  const create = (className: string, params: object = { directory: workspace.directory }) =>
    client.request<{ id: string }>(requests.createTask, { folder: folder(), class: className, params });
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  const lensesOf = (file: OpenedFile) => file.request<CodeLens[]>("textDocument/codeLens");
  /** By the text of the line they stand over. */
  async function titles(file: OpenedFile, part: string): Promise<string[]> {
    const { line } = file.position(part);
    return (await lensesOf(file)).filter(({ range }) => range.start.line === line).map(({ command }) => command?.title ?? "");
  }

  it("say of a task class what can be done with it and how its tasks are, and of an action class what came of it last", async () => {
    await start({ "shop.task.ts": SHOP });
    const file = await client.open(workspace.path("shop.task.ts"));
    assert.deepEqual(await titles(file, "class DailyOrders"), ["Run", "Debug", "Create…", "no tasks"]);
    assert.deepEqual(await titles(file, "class CountOrders"), ["never executed"]);
    await create("DailyOrders");
    await create("DailyOrders");
    assert.deepEqual(await titles(file, "class DailyOrders"), ["Run", "Debug", "Create…", "2 waiting"]);
    await tick();
    const [run, , , state] = await titles(file, "class DailyOrders");
    assert.equal(run, "Run");
    assert.match(state ?? "", /^last finished \d\d:\d\d$/);
    assert.match((await titles(file, "class CountOrders")).join(), /^last finished \d\d:\d\d in \d+ ms$/);
  });

  it("are refreshed when what they say has changed", async () => {
    await start({ "shop.task.ts": SHOP });
    const file = await client.open(workspace.path("shop.task.ts"));
    await lensesOf(file);
    await create("DailyOrders");
    await client.until("a refresh", () => client.lensRefreshes > 0);
    assert.deepEqual((await titles(file, "class DailyOrders")).at(-1), "1 waiting");
  });

  it("are refreshed when something has changed while they were made", async () => {
    await start({ "shop.task.ts": SHOP });
    const file = await client.open(workspace.path("shop.task.ts"));
    // The first ones take a moment: the parser is loaded for them.
    const first = lensesOf(file);
    await create("DailyOrders");
    const isFresh = (await first).some(({ command }) => command?.title === "1 waiting");
    await client.until("fresh lenses, or a refresh", () => isFresh || client.lensRefreshes > 0);
  });

  it("offer to retry and to debug what has failed", async () => {
    await start({ "shop.task.ts": SHOP });
    await writeFile(workspace.path("open"), "");
    const file = await client.open(workspace.path("shop.task.ts"));
    const { id } = await create("DailyOrders");
    await tick();
    const [failing] = await client.until("the failure", () => client.problemsOf(workspace.path("shop.task.ts")));
    assert.ok(failing);
    const lenses = (await lensesOf(file)).filter(({ range }) => range.start.line === file.position("class CountOrders").line);
    const [state, retry, debug] = lenses.map(({ command }) => command);
    assert.match(state?.title ?? "", /^failed \d\d:\d\d after \d+ ms · attempt 1 of 3 · retried by the next tick$/);
    assert.equal(retry?.title, "Retry");
    assert.equal(retry?.command, "backgroundTasks.runTask");
    assert.deepEqual(retry?.arguments, [{ folder: folder(), task: id }]);
    assert.equal(debug?.title, "Debug failure");
    assert.equal(debug?.command, "backgroundTasks.debugFailure");
    assert.match((await titles(file, "class DailyOrders")).at(-1) ?? "", /^1 to be retried$/);
  });

  it("tell of an attempt that is paused, and not of the failure of the one before", async () => {
    await start({
      "twice.task.ts": `
        export class Twice extends BackgroundTaskExAction<{}> {
          static readonly maxAttempts = 3;
          executeAction(): boolean {
            if (existsSync("repaired")) return false;
            throw new Error("not yet");
          }
        }
        export class Trying extends BackgroundTaskEx<{}> { static readonly actions = [Twice]; }
      `,
    });
    const file = await client.open(workspace.path("twice.task.ts"));
    await create("Trying", {});
    await tick();
    assert.match((await titles(file, "class Twice"))[0] ?? "", /^failed .* attempt 1 of 3 · retried by the next tick$/);
    assert.equal((await titles(file, "class Trying")).at(-1), "1 to be retried");
    await writeFile(workspace.path("repaired"), "");
    await tick();
    assert.match((await titles(file, "class Twice"))[0] ?? "", /^paused, .* so far · attempt 2 of 3$/);
    assert.equal((await titles(file, "class Trying")).at(-1), "1 paused");
  });

  it("stand over classes however they are exported, and over those that descend from another file's", async () => {
    await start({
      "base.ts": `
        import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
        export abstract class Step extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
        export abstract class Plan extends BackgroundTaskEx<{}> {}
      `,
      "steps.ts": `
        import { Step } from "./base.ts";
        export class Weigh extends Step {}
        class Pack extends Step {}
        export { Pack as PackAll };
      `,
      "plan.task.ts": `
        import { Plan } from "./base.ts";
        import { PackAll, Weigh } from "./steps.ts";
        export { PackAll, Weigh } from "./steps.ts";
        class Local extends Plan { static readonly actions = [Weigh, PackAll]; }
        export class Ships extends Local {}
        export default class Sends extends Local {}
        class NotExported extends Local {}
      `,
    });
    const plan = await client.open(workspace.path("plan.task.ts"));
    assert.deepEqual(await titles(plan, "class Ships"), ["Run", "Debug", "Create…", "no tasks"]);
    assert.deepEqual(await titles(plan, "class Sends"), ["Run", "Debug", "Create…", "no tasks"]);
    for (const hidden of ["class Local", "class NotExported"]) assert.deepEqual(await titles(plan, hidden), []);
    const steps = await client.open(workspace.path("steps.ts"));
    assert.deepEqual(await titles(steps, "class Weigh"), ["never executed"]);
    assert.deepEqual(await titles(steps, "class Pack"), ["never executed"]);
    const base = await client.open(workspace.path("base.ts"));
    assert.deepEqual(await lensesOf(base), []);
    await create("Ships", {});
    await tick();
    assert.match((await titles(steps, "class Pack")).join(), /^last finished/);
  });

  it("follow what is being written, and say that a class is not known before its file is saved", async () => {
    await start({ "shop.task.ts": SHOP });
    const file = await client.open(workspace.path("shop.task.ts"));
    await file.replace("export class DailyOrders", "\n\nexport class WeeklyOrders");
    assert.deepEqual(await titles(file, "class WeeklyOrders"), ["not known yet: save the file"]);
    await file.replace("static readonly actions = [CountOrders]; }", "static readonly actions = [");
    assert.deepEqual(await titles(file, "class CountOrders"), ["never executed"]);
  });

  it("offer nothing that executes where the workspace is not trusted", async () => {
    await start({ "shop.task.ts": SHOP }, { options: { trusted: false } });
    const file = await client.open(workspace.path("shop.task.ts"));
    await client.until("the task files", () => client.folder(workspace.directory).taskFiles.length > 0);
    assert.deepEqual(await titles(file, "class DailyOrders"), ["no tasks"]);
  });

  it("have commands of the server for other clients", async () => {
    await start({ "shop.task.ts": SHOP }, { options: { isOwnClient: false } });
    const file = await client.open(workspace.path("shop.task.ts"));
    await create("DailyOrders");
    const lenses = (await lensesOf(file)).flatMap(({ command }) => (command?.command ? [command] : []));
    const [run] = lenses;
    assert.deepEqual(
      lenses.map(({ title }) => title),
      ["Run"],
    );
    assert.ok(run);
    await client.command(run.command, run.arguments?.[0]);
    assert.match((await titles(file, "class DailyOrders")).at(-1) ?? "", /last finished/);
  });

  it("follow files that nobody has opened", async () => {
    await start({
      "lib/base.ts": `
        import { BackgroundTaskExAction } from "background-task-ex";
        export abstract class Step extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
      `,
      "tasks/weigh.task.ts": 'import { Step } from "../lib/base.ts";\nexport class Weigh extends Step {}\n',
    });
    const file = await client.open(workspace.path("tasks/weigh.task.ts"));
    assert.deepEqual(await titles(file, "class Weigh"), ["never executed"]);
    await workspace.write("lib/base.ts", "export abstract class Step {}");
    await client.until("a refresh", () => client.lensRefreshes > 0);
    assert.deepEqual(await lensesOf(file), []);
  });

  it("let other requests be answered while many files are read for them", async () => {
    await start({ "shop.task.ts": SHOP }, { options: { trusted: false } });
    // Loads the parser.
    const first = await client.open(workspace.path("shop.task.ts"));
    await lensesOf(first);
    await first.close();
    for (let number = 0; number < 300; number++)
      await workspace.write(`many-${number}.task.ts`, SHOP.replaceAll("Orders", `Orders${number}`));
    await client.until("the files", () => client.folder(workspace.directory).taskFiles.length === 301);
    const file = await client.open(workspace.path("many-7.task.ts"));
    const answered: string[] = [];
    await Promise.all([
      lensesOf(file).then(() => answered.push("lenses")),
      client.command("there is no such command").then(() => answered.push("command")),
    ]);
    assert.deepEqual(answered, ["command", "lenses"]);
  });
});
