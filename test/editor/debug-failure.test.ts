import assert from "node:assert/strict";
import * as vscode from "vscode";
import { repeatAttempt } from "../../client/debug/repeated-attempt.ts";
import type { ExtensionInternals } from "../../client/extension.ts";
import { storedFiles } from "../runner/support/stored-files.ts";
import { useDebuggedFile } from "./support/debugged-file.ts";
import { extension } from "./support/extension.ts";
import { fileUri, openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";

const FILE = "failing.task.ts";
const TASKS = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

async function look(shelf: number): Promise<void> {
  await sleep(1);
  try {
    throw new Error("nobody is to see this"); // caught
  } catch {}
  if (!existsSync("mended")) throw new RangeError("shelf " + shelf + ' is "full"\\n(again)'); // thrown here
}

export class Sort extends BackgroundTaskExAction<{ shelf: number }> {
  static override readonly maxAttempts = 2;
  override async changeActionParamsOnError() {
    this.params.shelf++;
    return true;
  }
  async executeAction() {
    try {
      await look(this.params.shelf);
    } catch (error) {
      throw new Error("wrapped", { cause: error }); // wraps
    }
    return true;
  }
}

export class Exit extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    process.exit(3);
  }
}

export class Sorting extends BackgroundTaskEx<{ shelf: number }> {
  static readonly actions = [Sort];
}

export class Exiting extends BackgroundTaskEx {
  static readonly actions = [Exit];
}
`;

describe("Debugging a failure", () => {
  const debugged = useDebuggedFile(FILE, TASKS);

  async function failed(className: string, params: object, ticks: number): Promise<string> {
    const task = await openedFolder().create(className, params);
    for (let tick = 0; tick < ticks; tick++) await openedFolder().cli("tick");
    return task;
  }

  function debug(task: string, action: string) {
    const { runner, debugSessions } = extension().exports as ExtensionInternals;
    return repeatAttempt(runner, debugSessions, { folder: openedWorkspaceFolder().uri.toString(), task, action });
  }

  const lineOf = async (text: string) => (await openedFolder().lineOf(FILE, text)) + 1;

  it("stops at the line that throws, without a breakpoint, and at nothing that is caught; the store stays as it is", async () => {
    const task = await failed("Sorting", { shelf: 7 }, 2);
    const before = await storedFiles(openedFolder().directory);
    const { name, answer } = await debug(task, "0");
    const { session, threadId, reason, frames } = await debugged.messages.stopped();
    assert.equal(name, "Sort");
    assert.equal(rootOf(session).configuration.name, "Sort (attempt 2, failed)");
    assert.deepEqual([reason, frames[0]?.line], ["exception", await lineOf("// wraps")]);
    const { result } = await session.customRequest("evaluate", {
      expression: "this.params.shelf",
      frameId: frames[0]?.id,
      context: "watch",
    });
    assert.equal(result, "8");
    await session.customRequest("continue", { threadId });
    await debugged.messages.ended(rootOf(session));
    assert.deepEqual(await answer, { outcome: "failed-again", error: { name: "Error", message: "wrapped" } });
    assert.deepEqual(await storedFiles(openedFolder().directory), before);
  });

  it("stops where an error is thrown that is caught on its way and thrown again", async () => {
    await openedFolder().write(FILE, TASKS.replace('throw new Error("wrapped", { cause: error })', "throw error"));
    const task = await failed("Sorting", { shelf: 7 }, 1);
    const { answer } = await debug(task, "a1");
    const { session, threadId, frames } = await debugged.messages.stopped();
    assert.equal(frames[0]?.line, await lineOf("// thrown here"));
    await session.customRequest("continue", { threadId });
    const again = await debugged.messages.stopped();
    await again.session.customRequest("continue", { threadId: again.threadId });
    await debugged.messages.ended(rootOf(session));
    assert.equal((await answer).outcome, "failed-again");
    await openedFolder().cli("cancel", task);
  });

  it("stops nowhere and says so when it does not fail this time", async () => {
    const task = await failed("Sorting", { shelf: 7 }, 1);
    await openedFolder().write("mended", "");
    const { answer } = await debug(task, "a1");
    assert.deepEqual(await answer, { outcome: "passed", triedAgain: "by-next-tick" });
    assert.ok(!debugged.messages.all.some(({ event }) => event === "stopped"));
    await vscode.workspace.fs.delete(fileUri("mended"));
    await openedFolder().cli("cancel", task);
  });

  it("comes to its end where nothing was thrown, because the process had died", async () => {
    const task = await failed("Exiting", {}, 1);
    const { answer } = await debug(task, "a1");
    const { outcome, error } = await answer;
    assert.deepEqual([outcome, error?.name], ["failed-again", "ProcessExitError"]);
    await openedFolder().cli("cancel", task);
  });
});

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}
