import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Command,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { type ClientOptions, RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const SHOP = `
export class CountOrders extends BackgroundTaskExAction<{ directory: string }> {
  static readonly maxAttempts = 2;
  executeAction() {
    if (existsSync(this.params.directory + "/open")) throw new Error("somebody writes");
    return true;
  }
}
export class DailyOrders extends BackgroundTaskEx<{ directory: string }> { static readonly actions = [CountOrders]; }
`;

const LOOPS = `
export class Wait extends BackgroundTaskExAction<{ rounds: number }> {
  async executeAction(deadline: Deadline) {
    while (this.params.rounds-- > 0) {
      await sleep(1);
    }
    for (;;) {
      await sleep(1);
    }
    return true;
  }
}
export class Waits extends BackgroundTaskEx<{ rounds: number }> { static readonly actions = [Wait]; }
`;

/** As today's clients say what they can be given. */
const MODERN = {
  workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } },
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor"] } } } },
};

describe("Code actions", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  async function start(files: Readonly<Record<string, string>>, options: ClientOptions = {}): Promise<void> {
    workspace = await TaskWorkspace.create(files);
    client = await RunnerClient.start([workspace.directory], { capabilities: MODERN, ...options });
    if (options.options?.trusted !== false) await client.until("the classes", () => client.folder(workspace.directory).areClassesKnown);
    else await client.until("the task files", () => client.folder(workspace.directory).taskFiles.length > 0);
  }

  const folder = () => uriOf(workspace.directory);
  const create = (className: string, more: object = {}) =>
    client.request<{ id: string }>(requests.createTask, {
      folder: folder(),
      class: className,
      params: { directory: workspace.directory },
      ...more,
    });
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });

  /** With the cursor at the first character of a text. */
  function actionsAt(file: OpenedFile, part: string, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const position = file.position(part);
    return file.request("textDocument/codeAction", { range: { start: position, end: position }, context: { diagnostics: [], ...context } });
  }
  const titles = (actions: readonly { readonly title: string }[]) => actions.map(({ title }) => title);
  function titled(actions: readonly CodeAction[], title: string): CodeAction {
    const found = actions.find((action) => action.title === title);
    assert.ok(found, `There is no ${title} among ${titles(actions).join(", ")}.`);
    return found;
  }

  /** A failing task of SHOP, and the file it failed in, which is open. */
  async function fail(ticks: number): Promise<{ readonly id: string; readonly file: OpenedFile }> {
    await writeFile(workspace.path("open"), "");
    const file = await client.open(workspace.path("shop.task.ts"));
    const { id } = await create("DailyOrders", { name: "daily" });
    const code = ticks === 1 ? "action-will-retry" : "action-failed";
    for (let number = 0; number < ticks; number++) await tick();
    await client.until("the failure", () => client.problemsOf(workspace.path("shop.task.ts")).some((problem) => problem.code === code));
    return { id, file };
  }

  describe("for a finding", () => {
    it("are its fix, all fixes of its kind, and to let it be; made, it is found no more", async () => {
      await start({ "waits.task.ts": LOOPS });
      const path = workspace.path("waits.task.ts");
      const file = await client.open(path);
      const [first] = await client.until("the findings", () => client.problemsOf(path).length === 2 && client.problemsOf(path));
      assert.ok(first);
      const actions = await actionsAt(file, "while (this", { diagnostics: [first] });
      assert.deepEqual(
        actions.map(({ title, kind, isPreferred, diagnostics }) => [title, kind, isPreferred, diagnostics?.length]),
        [
          ["Pause when the deadline is reached", CodeActionKind.QuickFix, true, 1],
          ["Fix all loop-ignores-deadline in this file", CodeActionKind.QuickFix, undefined, 2],
          ["Ignore loop-ignores-deadline here", CodeActionKind.QuickFix, undefined, 1],
          ["Implement changeActionParamsOnError", CodeActionKind.RefactorRewrite, undefined, undefined],
        ],
      );
      assert.deepEqual(actions[0]?.diagnostics, [first]);
      await apply(file, actions[0]);
      await client.until("one finding", () => client.problemsOf(path).length === 1);
    });

    it("let it be by a comment in the line before it", async () => {
      await start({ "waits.task.ts": LOOPS });
      const file = await client.open(workspace.path("waits.task.ts"));
      await apply(file, titled(await actionsAt(file, "for (;;)"), "Ignore loop-ignores-deadline here"));
      assert.ok(file.text.includes("    // background-tasks-ignore-next-line loop-ignores-deadline\n    for (;;)"), file.text);
      assert.ok(!titles(await actionsAt(file, "for (;;)")).some((title) => title.startsWith("Ignore")));
    });

    it("fix all of its kind at once", async () => {
      await start({ "waits.task.ts": LOOPS });
      const path = workspace.path("waits.task.ts");
      const file = await client.open(path);
      await client.until("the findings", () => client.problemsOf(path).length === 2);
      await apply(file, titled(await actionsAt(file, "while (this"), "Fix all loop-ignores-deadline in this file"));
      await client.until("no finding", () => client.problemsOf(path).length === 0);
      assert.ok(!(await actionsAt(file, "for (")).some(({ kind }) => kind === CodeActionKind.QuickFix), file.text);
    });

    it("mean the text that is written, with the version that it has", async () => {
      await start({ "waits.task.ts": LOOPS });
      const file = await client.open(workspace.path("waits.task.ts"));
      await file.replace("export class Wait ", "\n\n// Waits.\nexport class Wait ");
      const { edit } = titled(await actionsAt(file, "while (this"), "Ignore loop-ignores-deadline here");
      const [change] = edit?.documentChanges ?? [];
      assert.ok(change && "textDocument" in change);
      assert.deepEqual(change.textDocument, { uri: file.uri, version: 2 });
      assert.equal(change.edits[0] && "range" in change.edits[0] && change.edits[0].range.start.line, file.position("while (this").line);
    });

    it("are plain changes for clients that know no versions", async () => {
      await start({ "waits.task.ts": LOOPS }, { capabilities: { ...MODERN, workspace: {} } });
      const file = await client.open(workspace.path("waits.task.ts"));
      const { edit } = titled(await actionsAt(file, "while (this"), "Ignore loop-ignores-deadline here");
      assert.deepEqual(Object.keys(edit?.changes ?? {}), [file.uri]);
      assert.equal(edit?.documentChanges, undefined);
    });

    it("are not offered where its severity is off", async () => {
      await start(
        { "waits.task.ts": LOOPS },
        {
          capabilities: { ...MODERN, workspace: { ...MODERN.workspace, configuration: true } },
          settings: () => ({ checks: { "loop-ignores-deadline": "off" } }),
        },
      );
      const file = await client.open(workspace.path("waits.task.ts"));
      assert.deepEqual(titles(await actionsAt(file, "while (this")), ["Implement changeActionParamsOnError"]);
    });
  });

  describe("for a failure", () => {
    it("make the next attempt, debug the last one, edit its params, repair it in the code, show the task, or dismiss it", async () => {
      await start({ "shop.task.ts": SHOP });
      const { id, file } = await fail(1);
      const [diagnostic] = client.problemsOf(workspace.path("shop.task.ts"));
      assert.ok(diagnostic);
      const actions = await actionsAt(file, 'throw new Error("somebody', {
        diagnostics: [diagnostic],
        triggerKind: CodeActionTriggerKind.Automatic,
      });
      const place = { folder: folder(), task: id };
      const ofAction = { ...place, action: "a1" };
      assert.deepEqual(
        actions.map(({ title, command }) => [title, command?.command, command?.arguments?.[0]]),
        [
          ["Retry now", "backgroundTasks.runTask", place],
          ["Debug failure", "backgroundTasks.debugFailure", ofAction],
          ["Edit params…", "backgroundTasks.editParams", ofAction],
          ["Show task data", "backgroundTasks.showTaskData", place],
          ["Dismiss", "backgroundTasks.dismissFailure", ofAction],
          ["Implement changeActionParamsOnError", undefined, undefined],
        ],
      );
      for (const action of actions) {
        assert.equal(action.kind, CodeActionKind.QuickFix);
        assert.deepEqual(action.diagnostics, [diagnostic]);
      }
      await apply(file, actions.at(-1));
      assert.match(
        file.text,
        /async changeActionParamsOnError\(error: ActionError\) \{[^}]*\}`;\n {4}return false;\n {2}\}\n\n {2}executeAction/,
      );
    });

    it("open the history once its task has ended, when there is nothing to retry or to edit any more", async () => {
      await start({ "shop.task.ts": SHOP });
      const { id, file } = await fail(2);
      await client.until("the end of the task", () => client.folder(workspace.directory).tasks.length === 0);
      const actions = await actionsAt(file, 'throw new Error("somebody', { only: [CodeActionKind.QuickFix] });
      assert.deepEqual(titles(actions), ["Debug failure", "Open history entry", "Dismiss", "Implement changeActionParamsOnError"]);
      assert.deepEqual(titled(actions, "Open history entry").command?.arguments, [{ folder: folder(), task: id }]);
    });

    it("are where the line is shown, wherever in it the cursor is, and nowhere else", async () => {
      await start({ "shop.task.ts": SHOP });
      const { file } = await fail(1);
      for (const part of ["    if (existsSync(this", 'somebody writes"'])
        assert.ok(titles(await actionsAt(file, part)).includes("Retry now"));
      for (const part of ["    return true;", "static readonly maxAttempts"]) {
        assert.ok(!titles(await actionsAt(file, part)).includes("Retry now"));
      }
    });

    it("name their task where several have failed at one place", async () => {
      await start({ "shop.task.ts": SHOP });
      await writeFile(workspace.path("open"), "");
      await create("DailyOrders", { name: "east" });
      const first = await create("DailyOrders", { name: "west" });
      const second = await create("DailyOrders", { name: "west" });
      await tick();
      const path = workspace.path("shop.task.ts");
      await client.until("the failure, said once", () => client.problemsOf(path).length === 1);
      const file = await client.open(path);
      const ask = async () => titles(await actionsAt(file, 'throw new Error("somebody')).filter((title) => title.startsWith("Retry"));
      // As all are one diagnostic, nothing else tells that the last one is known.
      let retries = await ask();
      while (retries.length < 3) retries = await ask();
      for (const { id } of [first, second]) assert.ok(retries.includes(`Retry now (west, ${id})`), retries.join());
      assert.ok(retries.some((title) => title.startsWith("Retry now (east, ")));
    });

    it("execute nothing where the workspace is not trusted", async () => {
      await start({ "shop.task.ts": SHOP });
      await fail(1);
      await client.stop();
      client = await RunnerClient.start([workspace.directory], { options: { trusted: false }, capabilities: MODERN });
      const path = workspace.path("shop.task.ts");
      await client.until("the failure", () => client.problemsOf(path).length > 0);
      const file = await client.open(path);
      const actions = await actionsAt(file, 'throw new Error("somebody', { only: [CodeActionKind.QuickFix] });
      assert.deepEqual(titles(actions), ["Show task data", "Dismiss", "Implement changeActionParamsOnError"]);
    });

    it("are commands of the server for other clients, which retry, and dismiss", async () => {
      await start({ "shop.task.ts": SHOP }, { options: { isOwnClient: false } });
      const path = workspace.path("shop.task.ts");
      const { id, file } = await fail(1);
      const actions = await actionsAt(file, 'throw new Error("somebody', { only: [CodeActionKind.QuickFix] });
      assert.deepEqual(titles(actions), ["Retry now", "Dismiss", "Implement changeActionParamsOnError"]);
      const execute = ({ command }: CodeAction) => client.command<{ failures: number }>(command?.command ?? "", command?.arguments?.[0]);
      assert.equal((await execute(titled(actions, "Retry now"))).failures, 1);
      await client.until("the last failure", () => client.problemsOf(path).some(({ code }) => code === "action-failed"));
      const later = await actionsAt(file, 'throw new Error("somebody', { only: [CodeActionKind.QuickFix] });
      assert.deepEqual(titled(later, "Dismiss").command?.arguments, [{ folder: folder(), task: id, action: "a1" }]);
      await execute(titled(later, "Dismiss"));
      await client.until("no failure", () => client.problemsOf(path).length === 0);
    });

    it("retry a task that has stopped for good, by a tick of it", async () => {
      const stops = SHOP.replace("static readonly actions", 'static readonly onActionFailed = "stop"; static readonly actions');
      await start({ "shop.task.ts": stops }, { options: { isOwnClient: false } });
      const { id, file } = await fail(2);
      const { command } = titled(await actionsAt(file, 'throw new Error("somebody'), "Retry now");
      assert.deepEqual(command, {
        title: "Retry now",
        command: "background-tasks.retry",
        arguments: [{ folder: folder(), task: id, tick: true }],
      });
      assert.equal((await client.command<{ tasks: number }>(command.command, command.arguments?.[0])).tasks, 1);
    });

    it("are bare commands for clients that know nothing else", async () => {
      await start({ "shop.task.ts": SHOP }, { capabilities: { workspace: { workspaceFolders: true } } });
      const { file } = await fail(1);
      const actions: (CodeAction | Command)[] = await actionsAt(file, 'throw new Error("somebody');
      assert.deepEqual(titles(actions), ["Retry now", "Debug failure", "Edit params…", "Show task data", "Dismiss"]);
      for (const action of actions) assert.equal(typeof action.command, "string");
    });
  });

  describe("for what is not written yet", () => {
    it("write a first action and its task into an empty task file", async () => {
      await start({ "shop.task.ts": SHOP });
      await writeFile(workspace.path("compress-logs.task.ts"), "\n");
      await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uriOf(workspace.path("compress-logs.task.ts")), type: 1 }],
      });
      await client.until("the file", () => client.folder(workspace.directory).taskFiles.length === 2);
      const file = await client.open(workspace.path("compress-logs.task.ts"));
      const [add, ...others] = await actionsAt(file, "", { triggerKind: CodeActionTriggerKind.Automatic });
      assert.deepEqual([add?.title, add?.kind, others], ["Add action", CodeActionKind.QuickFix, []]);
      await apply(file, add);
      assert.match(file.text, /export class CompressLogsAction extends.*export class CompressLogs extends/s);
      assert.deepEqual(titles(await actionsAt(file, "class CompressLogs extends")), ["Add action to CompressLogs"]);
    });

    it("give a task its first action at a light bulb, and a further one to who asks", async () => {
      const text = `
export class Empty extends BackgroundTaskEx<{}> {
}
export class Work extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Full extends BackgroundTaskEx<{}> {
  static readonly actions = [Work];
}
`;
      await start({ "plans.task.ts": text });
      const file = await client.open(workspace.path("plans.task.ts"));
      const automatic = { triggerKind: CodeActionTriggerKind.Automatic };
      const [first] = await actionsAt(file, "class Empty", automatic);
      assert.deepEqual([first?.title, first?.kind], ["Add action to Empty", CodeActionKind.QuickFix]);
      for (const ordinary of ["class Work", "executeAction() {", "class Full", "import {"]) {
        assert.deepEqual(await actionsAt(file, ordinary, automatic), [], ordinary);
      }
      const invoked = { triggerKind: CodeActionTriggerKind.Invoked, only: [CodeActionKind.Refactor] };
      assert.deepEqual(titles(await actionsAt(file, "static readonly actions = [Work]", invoked)), ["Add action to Full"]);
      assert.deepEqual(titles(await actionsAt(file, "executeAction() {", invoked)), ["Implement changeActionParamsOnError"]);
      assert.deepEqual(await actionsAt(file, "class Empty", invoked), []);
      assert.deepEqual(await actionsAt(file, "class Full", { only: [CodeActionKind.SourceFixAll] }), []);
      await apply(file, first);
      assert.ok(
        file.text.includes("export class Empty extends BackgroundTaskEx<{}> {\n  static readonly actions = [EmptyAction];"),
        file.text,
      );
    });

    it("wait for the end of what is being written", async () => {
      await start({ "shop.task.ts": SHOP });
      const file = await client.open(workspace.path("shop.task.ts"));
      await file.replace("static readonly actions = [CountOrders]; }", "static readonly actions = [");
      assert.deepEqual(await actionsAt(file, "class DailyOrders"), []);
    });

    it("are nothing in files that belong to no task", async () => {
      await start({ "shop.task.ts": SHOP, "other.ts": "" });
      assert.deepEqual(await actionsAt(await client.open(workspace.path("other.ts")), ""), []);
    });
  });
});

/** As an editor does it. */
async function apply(file: OpenedFile, action: CodeAction | undefined): Promise<void> {
  const { documentChanges = [] }: WorkspaceEdit = action?.edit ?? {};
  assert.ok(documentChanges.length > 0, `${action?.title} edits nothing`);
  for (const change of documentChanges) {
    assert.ok("textDocument" in change && change.textDocument.uri === file.uri);
    const edits = change.edits.filter((edit) => "newText" in edit);
    const document = TextDocument.create(file.uri, "typescript", 1, file.text);
    await file.replace(file.text, TextDocument.applyEdits(document, edits));
  }
}
