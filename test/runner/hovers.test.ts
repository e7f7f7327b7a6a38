import assert from "node:assert/strict";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { type ClientOptions, RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const SHOP = `
export class CountOrders extends BackgroundTaskExAction<{ chunk: number }> {
  static readonly maxAttempts = 3;
  changeActionParamsOnError() {
    this.params.chunk /= 2;
    return true;
  }
  executeAction() {
    if (this.params.chunk > 10) throw new Error("too many at once");
    return true;
  }
}
export class SendReport extends BackgroundTaskExAction<{ chunk: number }> { executeAction() { return true; } }
export class DailyOrders extends BackgroundTaskEx<{ chunk: number }> {
  static readonly actions = [CountOrders, SendReport];
  static readonly schedule = cron("30 1 * * *", { timeZone: "Asia/Tokyo" });
}
export class OrdersNow extends BackgroundTaskEx<{ chunk: number }> {
  createActions() { return [new CountOrders(this.params)]; }
}
`;
const MARKDOWN = { textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } }, workspace: { workspaceFolders: true } };

describe("Hovers", () => {
  let workspace: TaskWorkspace;
  const others: TaskWorkspace[] = [];
  let client: RunnerClient;

  afterEach(async () => {
    await client.stop();
    for (const one of [workspace, ...others.splice(0)]) await one.remove();
  });

  async function start(files: Readonly<Record<string, string>>, options: ClientOptions = {}): Promise<void> {
    workspace = await TaskWorkspace.create(files);
    client = await RunnerClient.start([workspace.directory], { capabilities: MARKDOWN, ...options });
    if (options.options?.trusted !== false) await classesKnown(workspace);
  }

  const classesKnown = ({ directory }: TaskWorkspace) => client.until("the classes", () => client.folder(directory).areClassesKnown);
  const folder = () => uriOf(workspace.directory);
  const open = (name: string) => client.open(workspace.path(name));
  const create = async (className: string, params: object = { chunk: 5 }, name = "orders") =>
    (await client.request<{ id: string }>(requests.createTask, { folder: folder(), class: className, params, name })).id;
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  /** Where the part begins, or so many characters after that. */
  const hoverAt = (file: OpenedFile, part: string, after = 0) =>
    file.request<Hover | null>("textDocument/hover", { position: file.position(part, after) });
  const textAt = async (file: OpenedFile, part: string, after = 0) =>
    ((await hoverAt(file, part, after))?.contents as MarkupContent | undefined)?.value ?? "";
  const failures = (name: string, count = 1) =>
    client.until(`${count} failures`, () => client.problemsOf(workspace.path(name)).length === count);

  describe("on the name of a class", () => {
    it("tell of a task class its tasks, what they do, when it is due and its last runs", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      const before = await textAt(file, "DailyOrders");
      assert.match(before, /^`DailyOrders` · tasks\n\nNo tasks\./);
      assert.match(before, /\n\nActions: `CountOrders`, `SendReport`\n\n/);
      assert.match(before, /Schedule: cron 30 1 \\\* \\\* \\\* \(Asia\/Tokyo\) · next (?:\w{3} )?\d\d:\d\d$/);
      await create("DailyOrders");
      await tick();
      await create("DailyOrders", { chunk: 5 }, "tomorrow's orders");
      const after = await textAt(file, "DailyOrders");
      assert.match(after, /1 task:\n\n- \*\*tomorrow's orders\*\* · new/);
      assert.match(after, /Last runs:\n\n- \*\*finished\*\* · \d\d:\d\d · 1 tick · ran for \d+ ms · orders$/);
    });

    it("tell of an action class its attempts, its last executions and whose it is", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      assert.equal(
        await textAt(file, "CountOrders"),
        "`CountOrders` · action, up to 3 attempts\n\nUsed by: `DailyOrders`, `OrdersNow`\n\nNever executed.",
      );
      await create("DailyOrders", { chunk: 16 });
      await tick();
      await failures("shop.task.ts");
      const execution = String.raw`- \*\*failed, will be retried\*\* · \d\d:\d\d · \d+ ms · attempt 1 of 3 · orders · too many at once`;
      assert.match(await textAt(file, "CountOrders"), new RegExp(`Last executions:\n\n${execution}$`));
      await tick();
      const [, list = ""] = (await textAt(file, "CountOrders")).split("Last executions:\n\n");
      assert.match(list, /^- \*\*finished\*\* .* attempt 2 of 3 · orders\n- \*\*failed\*\* .* attempt 1 of 3 · orders · too many at once$/);
    });

    it("are the same where the class is listed, and where it is made", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      const declared = await textAt(file, "CountOrders");
      assert.ok(declared.startsWith("`CountOrders` · action"));
      const listed = await hoverAt(file, "[CountOrders", 3);
      assert.deepEqual(listed?.contents, { kind: "markdown", value: declared });
      assert.deepEqual(listed?.range, { start: file.position("[CountOrders", 1), end: file.position("[CountOrders", 12) });
      assert.equal(await textAt(file, "new CountOrders", 5), declared);
      assert.match(await textAt(file, "OrdersNow"), /Actions created by its methods: `CountOrders`/);
      assert.equal(await hoverAt(file, "this.params.chunk"), null);
    });

    it("say why a class is not known, as long as it is not", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      await file.replace("class OrdersNow", "class OrdersLater");
      assert.match(await textAt(file, "OrdersLater"), /Not available to ticks: the file is not saved yet\./);
      await workspace.write("shop.task.ts", `${SHOP}\nthrow new Error("no shop today");`);
      await client.until("the problem", () => client.folder(workspace.directory).loadProblems.length > 0);
      assert.match(await textAt(file, "OrdersLater"), /Not available to ticks: the file failed to load: no shop today/);
    });

    it("say that nothing is loaded where the workspace is not trusted, and still what is written", async () => {
      await start({ "shop.task.ts": SHOP }, { options: { trusted: false } });
      const file = await open("shop.task.ts");
      await client.until("the task files", () => client.folder(workspace.directory).taskFiles.length > 0);
      const text = await textAt(file, "DailyOrders");
      assert.match(text, /Not available to ticks: nothing is loaded in an untrusted workspace\./);
      assert.match(text, /Actions: `CountOrders`, `SendReport`/);
      assert.match(await textAt(file, "static readonly schedule"), /Next times/);
    });

    it("tell of a file that several folders import how the class is in each", async () => {
      const shared = await TaskWorkspace.create({
        "steps.ts":
          'import { BackgroundTaskExAction } from "background-task-ex";\nexport class Weigh extends BackgroundTaskExAction<{}> { executeAction() { return true; } }\n',
      });
      others.push(shared);
      const plan = (name: string) =>
        `import { Weigh } from ${JSON.stringify(shared.path("steps.ts"))};\nexport { Weigh };\nexport class ${name} extends BackgroundTaskEx<{}> { static readonly actions = [Weigh]; }\n`;
      workspace = await TaskWorkspace.create({ "a.task.ts": plan("Ships") });
      const second = await TaskWorkspace.create({ "b.task.ts": plan("Sends") });
      others.push(second);
      client = await RunnerClient.start([workspace.directory, second.directory], { capabilities: MARKDOWN });
      for (const one of [workspace, second]) await classesKnown(one);
      const text = await textAt(await client.open(shared.path("steps.ts")), "Weigh");
      assert.match(
        text,
        /In the folder \*\*.*\*\*\n\n`Weigh`[\s\S]*Used by: `Ships`[\s\S]*\n\n---\n\nIn the folder \*\*.*\*\*\n\n`Weigh`[\s\S]*Used by: `Sends`/,
      );
    });
  });

  describe("on a schedule", () => {
    it("tell the next five times by its own clock, as it is written at this moment", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      const [, heading, times] = /^([\s\S]*):\n\n([\s\S]*)$/.exec(await textAt(file, "static readonly schedule")) ?? [];
      assert.equal(heading, "**Schedule** · cron 30 1 \\* \\* \\* (Asia/Tokyo)\n\nNext times, in the time zone `Asia/Tokyo`");
      assert.equal(times?.split("\n").length, 5);
      for (const time of times?.split("\n") ?? []) assert.match(time, /^- \w{3}, \w{3} \d+, \d{4}, 01:30 GMT\+9/);
      await file.replace('"30 1 * * *"', '"45 3 * * *"');
      const edited = await textAt(file, "static readonly schedule");
      assert.match(edited, /03:45 GMT\+9[\s\S]*Not saved yet: ticks use the last saved version of the file\.$/);
      assert.doesNotMatch(edited, /01:30/);
      await file.replace('"45 3 * * *"', '"61 3 * * *"');
      assert.match(await textAt(file, "static readonly schedule"), /^\*\*Schedule\*\* is invalid: .*61/);
    });

    it("say that they are those of the saved file where only executing it tells", async () => {
      const text = `const at = () => "30 1 * * *";\n${SHOP}`.replace('cron("30 1 * * *"', "cron(at()");
      await start({ "shop.task.ts": text });
      const file = await open("shop.task.ts");
      const saved = await textAt(file, "static readonly schedule");
      assert.match(saved, /cron 30 1[\s\S]*01:30 GMT\+9/);
      assert.doesNotMatch(saved, /saved last/);
      await file.replace('"30 1 * * *"', '"45 3 * * *"');
      assert.match(
        await textAt(file, "static readonly schedule"),
        /01:30 GMT\+9[\s\S]*These are the times of the last saved version of the file/,
      );
    });
  });

  describe("on the attempts of an action", () => {
    it("tell the delays, and what becomes of the task when the last attempt fails", async () => {
      await start({
        "shop.task.ts": SHOP.replace("maxAttempts = 3;", "maxAttempts = 3;\n  static readonly retryDelay = backoff({ initial: 2_000 });"),
      });
      const file = await open("shop.task.ts");
      const expected = [
        "**Up to 3 attempts**",
        "",
        "- Attempt 1: in the first tick that reaches it",
        "- Attempt 2: at least 2 s after attempt 1 fails",
        "- Attempt 3: at least 4 s after attempt 2 fails",
        "",
        "If the last attempt fails, the action is dropped as failed and its task continues with the next action.",
      ].join("\n");
      assert.equal(await textAt(file, "static readonly maxAttempts"), expected);
      assert.equal(await textAt(file, "backoff({"), expected);
      await file.replace("static readonly actions", 'static readonly onActionFailed = "stop";\n  static readonly actions');
      await file.replace("maxAttempts = 3", "maxAttempts = 2");
      const edited = await textAt(file, "static readonly maxAttempts");
      assert.match(edited, /^\*\*Up to 2 attempts\*\*/);
      assert.match(edited, /Some tasks stay failed until they are retried or cancelled \(`onActionFailed = "stop"` of `DailyOrders`\)\./);
      assert.match(edited, /Not saved yet/);
    });
  });

  it("on a time-out or a number of idle pauses say when an attempt fails", async () => {
    await start({
      "shop.task.ts": SHOP.replace("maxAttempts = 3;", "attemptTimeout = 90_000;\n  static readonly maxIdlePauses = 5;"),
    });
    const file = await open("shop.task.ts");
    for (const member of ["static readonly attemptTimeout", "static readonly maxIdlePauses"]) {
      const text = await textAt(file, member);
      assert.match(text, /^An attempt fails after 1 min 30 s of work\.$/m);
      assert.match(text, /^An attempt fails after 6 pauses in a row without progress\.$/m);
    }
  });

  describe("on a line that failed", () => {
    const LINE = "throw new Error";

    it("tell each attempt with its params, what changed in them, and what a person has edited", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      const id = await create("DailyOrders", { chunk: 64 });
      await tick();
      await failures("shop.task.ts");
      const first = (await textAt(file, LINE)).split("\n\n");
      assert.equal(first[0], "**CountOrders** · attempt 1 of 3 failed · retried by the next tick · task orders");
      assert.match(first[2] ?? "", /^- \*\*Attempt 1\*\* · .*\d\d:\d\d:\d\d · \d+ ms · too many at once$/);
      assert.deepEqual(first.slice(3), ["Params of attempt 1:", '```json\n{\n  "chunk": 64\n}\n```']);
      await tick();
      await client.request(requests.editParams, { folder: folder(), task: id, action: "a1", params: { chunk: 20 } });
      const [, , attempts = "", ...params] = (await textAt(file, LINE)).split("\n\n");
      const [one, two, edit, ...more] = attempts.split("\n");
      assert.equal(one, first[2]);
      assert.match(two ?? "", /^- \*\*Attempt 2\*\* · .* · too many at once · `chunk` `64` → `32`$/);
      assert.match(edit ?? "", /^- \*\*Edited by a user\*\* · .*\d\d:\d\d:\d\d · `chunk` `32` → `20`$/);
      assert.deepEqual(more, []);
      assert.deepEqual(params, [...first.slice(3), "Params of attempt 2:", '```json\n{\n  "chunk": 32\n}\n```']);
      await tick();
      await client.until("the end", () => client.folder(workspace.directory).tasks.length === 0);
      await client.until(
        "the failure of the history",
        () => client.problemsOf(workspace.path("shop.task.ts"))[0]?.code === "action-failed",
      );
      const ended = await textAt(file, LINE);
      assert.match(ended, /^\*\*CountOrders\*\* · attempt 3 of 3 failed · dropped, the task has ended · task orders/);
      assert.match(ended, /\*\*Edited by a user\*\*[\s\S]*\*\*Attempt 3\*\*/);
    });

    it("follow the line while the file is edited, and are on no other", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      await create("DailyOrders", { chunk: 64 });
      await tick();
      await failures("shop.task.ts");
      await file.replace("export class CountOrders", "const MOST = 10;\n\nexport class CountOrders");
      assert.match(await textAt(file, LINE), /^\*\*CountOrders\*\*/);
      assert.equal(await hoverAt(file, "return true;\n  }\n  executeAction"), null);
      await file.replace("> 10) throw", "> MOST) throw");
      assert.match(await textAt(file, LINE), /^\*\*CountOrders\*\*/);
      assert.equal(await hoverAt(file, "return true;\n  }\n  executeAction"), null);
    });

    it("have links to what can be done, for our own client only", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await open("shop.task.ts");
      const id = await create("DailyOrders", { chunk: 64 });
      await tick();
      await failures("shop.task.ts");
      const links = [...(await textAt(file, LINE)).matchAll(/\[([^\]]+)\]\(command:([^?)]+)\?([^)]*)\)/g)].map(
        ([, title, command, args]) => [title, command, JSON.parse(decodeURIComponent(args ?? ""))],
      );
      assert.deepEqual(links, [
        ["Retry now", "backgroundTasks.runTask", [{ folder: folder(), task: id }]],
        ["Debug failure", "backgroundTasks.debugFailure", [{ folder: folder(), task: id, action: "a1" }]],
        ["Show task data", "backgroundTasks.showTaskData", [{ folder: folder(), task: id }]],
      ]);
    });

    it("have no links for other clients", async () => {
      await start({ "shop.task.ts": SHOP }, { options: { isOwnClient: false } });
      const file = await open("shop.task.ts");
      await create("DailyOrders", { chunk: 64 });
      await tick();
      await failures("shop.task.ts");
      assert.match(await textAt(file, LINE), /Attempt 1/);
      assert.doesNotMatch(await textAt(file, LINE), /\]\(/);
    });

    it("tell several failures of the same line apart", async () => {
      await start({ "shop.task.ts": SHOP.replace('"too many at once"', 'this.params.chunk + " at once"') });
      const file = await open("shop.task.ts");
      for (const number of [1, 2, 3, 4]) await create("DailyOrders", { chunk: 16 * number }, `orders of day ${number}`);
      await tick();
      await failures("shop.task.ts", 4);
      const text = await textAt(file, LINE);
      assert.equal(text.split("\n\n---\n\n").length, 3);
      assert.match(text, /… and 1 more failure at this line\.$/);
    });

    it("are there in files that no task file is seen to import", async () => {
      await start({
        "late.task.ts": `
          export class Late extends BackgroundTaskExAction<{ file: string }> {
            async executeAction() { return (await import(this.params.file)).work(); }
          }
          export class Lates extends BackgroundTaskEx<{ file: string }> { static readonly actions = [Late]; }
        `,
        "late.mjs": 'export function work() {\n  throw new Error("too late");\n}\n',
      });
      await create("Lates", { file: uriOf(workspace.path("late.mjs")) });
      await tick();
      await failures("late.mjs");
      const text = await textAt(await open("late.mjs"), LINE);
      assert.match(text, /^\*\*Late\*\* · attempt 1 of 5 failed[\s\S]*too late/);
    });

    it("show as text whatever people, errors and params say", async () => {
      const evil = "[x](command:workbench.action.quit) <img src=https://evil.example> **b** `c`";
      await start({
        "shop.task.ts": SHOP.replace('"too many at once"', "JSON.stringify(this.params)").replaceAll("{ chunk: number }", "any"),
      });
      const file = await open("shop.task.ts");
      await create("DailyOrders", { chunk: 64, [evil]: `\`\`\`\n${evil}` }, evil);
      await tick();
      await failures("shop.task.ts");
      const text = await textAt(file, LINE);
      const outside = text.replaceAll(/(`{4,})json\n[\s\S]*?\n\1/g, "");
      assert.notEqual(outside, text, "the fence is not longer than what the params have");
      assert.doesNotMatch(outside.replaceAll(/\\./g, ""), /\[x|<img|https:\/\/evil|command:workbench[^[]*\)\]/);
      assert.match(outside, /task \\\[x\\\]\(command:workbench\.action\.quit\) \\<img src=https\\:\/\/evil/);
    });
  });

  it("are plain text for clients that show nothing else", async () => {
    await start({ "shop.task.ts": SHOP }, { capabilities: { workspace: { workspaceFolders: true } } });
    const file = await open("shop.task.ts");
    await create("DailyOrders", { chunk: 64 });
    await tick();
    await failures("shop.task.ts");
    const hover = await hoverAt(file, "throw new Error");
    assert.equal((hover?.contents as MarkupContent | undefined)?.kind, "plaintext");
    const text = await textAt(file, "throw new Error");
    assert.match(text, /^CountOrders · attempt 1 of 3 failed/);
    assert.match(text, /\n\nParams of attempt 1:\n\n {2}\{\n {4}"chunk": 64\n {2}\}$/);
  });
});
