import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import { useDebuggedFile } from "./support/debugged-file.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";
import { until } from "./support/until.ts";

const FILE = "debugged.task.ts";
const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";
import { setTimeout as sleep } from "node:timers/promises";

export class Add extends BackgroundTaskExAction<{ total: number }> {
  async executeAction(deadline: Deadline) {
    const before = this.params.total; // first line
    await sleep(1);
    console.log("said by Add", process.env.GREETING);
    this.params.total = before + 1;
    return !deadline.isReached(); // last line
  }
}

async function check(total: number): Promise<void> {
  await sleep(1);
  if (total > 0) throw new RangeError("too much"); // thrown here
}

export class Refuse extends BackgroundTaskExAction<{ total: number }> {
  async executeAction() {
    await check(this.params.total); // asks
    return true;
  }
}

export class Adding extends BackgroundTaskEx<{ total: number }> {
  static readonly actions = [Add, Add];
}

export class Refusing extends BackgroundTaskEx<{ total: number }> {
  static readonly actions = [Refuse];
}
`;

/** Milliseconds in which a step past an action's last line has to come to an end. */
const STEP_TIME = 10_000;

describe("Debugging a tick", () => {
  const debugged = useDebuggedFile(FILE, TASKS);

  async function breakAt(text: string): Promise<number> {
    const line = await openedFolder().lineOf(FILE, text);
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(fileUri(FILE), new vscode.Position(line, 0)))]);
    return line + 1;
  }

  async function debugNew(className: string, params = { total: 41 }): Promise<string> {
    const task = await openedFolder().create(className, params);
    const folder = openedWorkspaceFolder().uri.toString();
    const { model }: ExtensionInternals = extension().exports as ExtensionInternals;
    await until(
      (listener) => new vscode.Disposable(model.onChange(listener).dispose),
      () => model.folder(folder)?.task(task),
      { what: "the task in the view" },
    );
    void vscode.commands.executeCommand("backgroundTasks.debugTask", { folder, task });
    return task;
  }

  async function evaluate(session: vscode.DebugSession, frameId: number | undefined, expression: string): Promise<string> {
    return (await session.customRequest("evaluate", { expression, frameId, context: "watch" })).result;
  }

  const entryOf = async (id: string) => (await openedFolder().cli<History>("history")).entries.find((entry) => entry.id === id);

  it("stops at a breakpoint in the TypeScript source, with the author's call stack and variables, and goes on", async () => {
    const line = await breakAt("// first line");
    const task = await debugNew("Adding");
    const { session, threadId, frames } = await debugged.messages.stopped();
    assert.match(frames[0]?.path ?? "", /debugged\.task\.ts$/);
    assert.deepEqual([frames[0]?.name, frames[0]?.line], ["Add.executeAction", line]);
    assert.equal(await evaluate(session, frames[0]?.id, "this.params.total"), "41");
    await session.customRequest("continue", { threadId });
    const second = await debugged.messages.stopped();
    assert.equal(second.frames[0]?.line, line);
    await second.session.customRequest("continue", { threadId: second.threadId });
    await debugged.messages.ended(rootOf(session));
    assert.equal((await entryOf(task))?.outcome, "finished");
    assert.ok(debugged.messages.all.some(({ event, body }) => event === "output" && /said by Add/.test(body.output)));
  });

  it("steps from an action's last line to the next one's lines, then to the end, and never into the engine", async () => {
    const last = await breakAt("// last line");
    await debugNew("Adding");
    const lines: number[] = [];
    const times: number[] = [];
    for (;;) {
      const startedAt = Date.now();
      const stopOrEnd = await Promise.race([debugged.messages.stopped(), debugged.messages.next("terminated").then(() => undefined)]);
      times.push(Date.now() - startedAt);
      if (!stopOrEnd) break;
      const { session, threadId, frames } = stopOrEnd;
      assert.match(frames[0]?.path ?? "", /debugged\.task\.ts$/, `A step stopped in ${JSON.stringify(frames)}.`);
      if (frames[0] && frames[0].line !== lines.at(-1)) lines.push(frames[0].line);
      await session.customRequest("next", { threadId });
    }
    assert.equal(lines[0], last);
    assert.equal(lines.filter((line) => line === last).length, 2);
    assert.ok(Math.max(...times.slice(1)) < STEP_TIME, `Steps took ${times.join(", ")} ms.`);
  });

  it("stops an error of an action where it is thrown, as uncaught", async () => {
    await breakAt("// asks");
    const task = await debugNew("Refusing");
    const first = await debugged.messages.stopped();
    await first.session.customRequest("setExceptionBreakpoints", { filters: ["uncaught"] });
    await first.session.customRequest("continue", { threadId: first.threadId });
    const { session, threadId, reason, frames } = await debugged.messages.stopped();
    assert.equal(reason, "exception");
    assert.equal(frames[0]?.line, (await openedFolder().lineOf(FILE, "// thrown here")) + 1);
    assert.equal(await evaluate(session, frames[0]?.id, "total"), "41");
    await session.customRequest("continue", { threadId });
    await debugged.messages.ended(rootOf(session));
    const { tasks } = await openedFolder().cli<List>("list");
    assert.equal(tasks.find(({ id }) => id === task)?.actions[0]?.error?.message, "too much");
    await openedFolder().cli("cancel", task);
  });

  it("is stopped by the person without a failure, and the next tick goes on", async () => {
    await breakAt("// first line");
    const task = await debugNew("Adding");
    const { session } = await debugged.messages.stopped();
    await vscode.debug.stopDebugging(rootOf(session));
    await debugged.messages.ended(rootOf(session));
    await openedFolder().cli("drain");
    const entry = await entryOf(task);
    assert.equal(entry?.outcome, "finished");
    assert.deepEqual(
      entry?.actions.map(({ attempts }) => attempts.length),
      [1, 1],
    );
  });

  it("merges in what the person has set", async () => {
    const settings = vscode.workspace.getConfiguration("backgroundTasks");
    await settings.update("debugOptions", { env: { GREETING: "hello" }, outputCapture: "std" }, vscode.ConfigurationTarget.Workspace);
    try {
      await breakAt("// first line");
      await debugNew("Adding");
      const { session, threadId, frames } = await debugged.messages.stopped();
      assert.equal(await evaluate(session, frames[0]?.id, "process.env.GREETING"), "'hello'");
      assert.equal(rootOf(session).configuration.outputCapture, "std");
      vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      await session.customRequest("continue", { threadId });
      await debugged.messages.ended(rootOf(session));
    } finally {
      await settings.update("debugOptions", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

interface History {
  readonly entries: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly actions: readonly { readonly attempts: readonly unknown[] }[];
  }[];
}

interface List {
  readonly tasks: readonly { readonly id: string; readonly actions: readonly { readonly error?: { readonly message: string } }[] }[];
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}
