import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver-protocol/node";
import { DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { lineIn, TaskWorkspace } from "./support/task-workspace.ts";

const WAIT = `
export class WaitForFile extends BackgroundTaskExAction<{}> {
  executeAction() {
    return existsSync("ready.txt");
  }
}
export class Waiting extends BackgroundTaskEx<{}> { static readonly actions = [WaitForFile]; }
`;

describe("An idle action", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "wait.task.ts": WAIT });
    client = await RunnerClient.start([workspace.directory]);
    await client.until("the classes", () => client.folder(workspace.directory).classes.length > 0);
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const folder = () => uriOf(workspace.directory);
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  const problems = () => client.problemsOf(workspace.path("wait.task.ts"));

  it("has a warning at its class from the third pause on, until it moves on", async () => {
    await client.request(requests.createTask, { folder: folder(), class: "Waiting", params: {} });
    await tick();
    await tick();
    assert.deepEqual(problems(), []);
    await tick();
    const [problem] = await client.until("the warning", () => problems().length > 0 && problems());
    assert.equal(problem?.code, "idle-pauses");
    assert.equal(problem?.severity, DiagnosticSeverity.Warning);
    assert.equal(problem?.range.start.line, lineIn(WAIT, "class WaitForFile"));
    assert.match(String(problem?.message), /^WaitForFile has paused 3 times in a row without changing its params or its progress\./);
    assert.equal(client.folder(workspace.directory).tasks[0]?.actions[0]?.idlePauses, 3);

    const file = await client.open(workspace.path("wait.task.ts"));
    const titles = (await file.request<CodeLens[]>("textDocument/codeLens")).map(({ command }) => command?.title ?? "");
    assert.match(titles.join("\n"), /^paused 3 times without progress, .* so far$/m);
    assert.match(titles.join("\n"), /^1 paused without progress$/m);
    for (const part of ["WaitForFile extends", "Waiting extends"]) {
      const hover = await file.request<Hover>("textDocument/hover", { position: file.position(part) });
      assert.match((hover.contents as MarkupContent).value, /paused 3 times without progress/);
    }

    await writeFile(workspace.path("ready.txt"), "");
    await tick();
    await client.until("no problem", () => problems().length === 0);
  });
});
