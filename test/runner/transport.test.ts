import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver-protocol/node";
import { type FolderSnapshot, requests } from "../../server/protocol/runner-protocol.ts";
import { runnerPath, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

describe("The runner over Node's own channel, as VS Code starts it", () => {
  it("serves, and ends when the channel is closed", async () => {
    const workspace = await TaskWorkspace.create();
    const runner = fork(runnerPath, ["--node-ipc", `--clientProcessId=${process.pid}`], { stdio: "inherit" });
    try {
      const connection = createProtocolConnection(new IPCMessageReader(runner), new IPCMessageWriter(runner));
      connection.listen();
      const uri = uriOf(workspace.directory);
      await connection.sendRequest("initialize", {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri, name: "here" }],
      });
      await connection.sendNotification("initialized", {});
      const folders = await connection.sendRequest<FolderSnapshot[]>(requests.state);
      assert.deepEqual(
        folders.map(({ state }) => [state.uri, state.name]),
        [[uri, "here"]],
      );
      runner.disconnect();
      assert.deepEqual(await once(runner, "exit"), [1, null]);
    } finally {
      runner.kill("SIGKILL");
      await workspace.remove();
    }
  });
});
