import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { cliPath } from "./support/runner-client.ts";
import { lineIn, TaskWorkspace } from "./support/task-workspace.ts";

const FAILING = `
export class Fail extends BackgroundTaskExAction<{}> {
  executeAction(): boolean {
    throw new TypeError("not in Neovim either");
  }
}
export class Failing extends BackgroundTaskEx<{}> { static readonly actions = [Fail]; }
`;

describe("Neovim as a client", () => {
  let workspace: TaskWorkspace;

  before(async function () {
    // scripts/programs.mjs installs it where that can be done, and says what to do elsewhere.
    if (!isThere("nvim")) this.skip();
    workspace = await TaskWorkspace.create({ "failing.task.ts": FAILING });
  });
  after(() => workspace?.remove());

  it("shows a failed action at its line with what can be done about it, runs ticks by commands, and shows no failure once it is mended", async function () {
    this.timeout(120_000);
    const result = workspace.path("result.json");
    const environment = {
      WORKSPACE: workspace.directory,
      TASK_FILE: workspace.path("failing.task.ts"),
      NODE: process.execPath,
      CLI: cliPath,
      RESULT: result,
      HOME: workspace.directory,
    };
    const neovim = spawn("nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", resolve("test/runner/neovim.lua")], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [neovim.stdout, neovim.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const [code] = await once(neovim, "close");
    assert.equal(code, 0, said);
    assert.ok(existsSync(result), said);
    const { first, second, lenses, actions, retried, repaired, ...shown } = JSON.parse(readFileSync(result, "utf8"));
    assert.deepEqual(shown, {
      line: lineIn(FAILING, "throw new TypeError"),
      column: '    throw new TypeError("'.indexOf("new"),
      message: "Fail failed (attempt 1 of 5): TypeError: not in Neovim either",
      source: "background-tasks",
      severity: 2,
    });
    assert.equal(first.failures, 1);
    assert.deepEqual(lenses.slice(1, 3), ["Retry", "Run"]);
    assert.match(lenses[0], /^failed \d\d:\d\d after \d+ ms · attempt 1 of 5/);
    assert.deepEqual(actions, ["Retry now", "Dismiss", "Implement changeActionParamsOnError"]);
    assert.equal(retried.failures, 1);
    assert.match(repaired, /type ActionError \}|type ActionError,/);
    assert.match(repaired, /async changeActionParamsOnError\(error: ActionError\) \{/);
    assert.equal(second.failures, 0);
  });
});

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
