import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { nodeFromLoginShell } from "../../server/runner/node/login-shell.ts";
import { type NodeSearch, searchNode } from "../../server/runner/node/node-search.ts";
import { environmentFor } from "../../server/runner/node/worker-environment.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

describe("Which Node executes tasks", () => {
  let directory: string;

  beforeEach(async function () {
    if (process.platform === "win32") this.skip();
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));

  /** A program that answers as a Node of that version does. */
  async function fakeNode(place: string, version: string): Promise<string> {
    return program(join(place, "node"), `echo ${version}`);
  }

  async function program(path: string, script: string): Promise<string> {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  /** A login shell whose start files put a directory on the PATH, and print something. */
  async function loginShell(place: string): Promise<string> {
    return program("bin/bash", `echo "Welcome!"\nexport PATH="${join(directory, place)}:$PATH"\nexec /bin/sh -c "$4"`);
  }

  async function search({ path = [], ...more }: { path?: string[]; shell?: string } & Partial<NodeSearch> = {}) {
    const { shell, ...options } = more;
    const env = {
      PATH: [...path.map((place) => join(directory, place)), "/no/such/directory"].join(":"),
      SHELL: shell ?? "/no/such/shell",
    };
    return searchNode({ env, platform: process.platform, ...options });
  }

  it("the setting's, even if the PATH has another", async () => {
    await fakeNode("path", "24.1.0");
    const setting = await fakeNode("chosen", "22.0.0");
    assert.deepEqual(await search({ path: ["path"], setting }), { found: { path: setting, version: "22.0.0", source: "setting" } });
  });

  it("none but the setting's, and why that does not do", async () => {
    await fakeNode("path", "24.1.0");
    const old = await fakeNode("old", "20.18.1");
    const cases = [
      [old, /is .*\/old\/node, which is version 20\.18\.1\. Node 20\.19 or newer is required/],
      [join(directory, "none"), /cannot be used \(the file does not exist\)/],
      ["node", /is node, which is not an absolute path/],
      [await program("talks/node", "echo hello"), /cannot be used \(it is not Node\)/],
      [await program("fails/node", "exit 3"), /cannot be used \(it ended with exit code 3\)/],
    ] as const;
    for (const [setting, problem] of cases) assert.match((await search({ path: ["path"], setting })).problem ?? "", problem);
  });

  it("the first one on the PATH that is new enough", async () => {
    await fakeNode("old", "18.20.0");
    const fits = await fakeNode("fits", "20.19.0");
    await fakeNode("newer", "24.1.0");
    const result = await search({ path: ["empty", "old", "fits", "newer"] });
    assert.deepEqual(result.found, { path: fits, version: "20.19.0", source: "path" });
  });

  it("the one of a login shell, whatever its start files print", async () => {
    const place = "versions/v22";
    await mkdir(join(directory, place), { recursive: true });
    await symlink(process.execPath, join(directory, place, "node"));
    const { found } = await search({ shell: await loginShell(place) });
    assert.equal(found?.source, "login-shell");
    assert.equal(found?.version, process.versions.node);
    const env = environmentFor({ path: "/v/node", version: "22.0.0", source: "login-shell" }, { PATH: "/bin", ELECTRON_RUN_AS_NODE: "1" });
    assert.deepEqual(env, { PATH: "/v:/bin" }, "what is beside it can be called, too");
  });

  const guardedStarts = [
    ["VSCODE_RESOLVING_ENVIRONMENT", '[ -n "$VSCODE_RESOLVING_ENVIRONMENT" ] || sleep 60'],
    ["DISABLE_AUTO_UPDATE", '[ "$DISABLE_AUTO_UPDATE" = true ] || sleep 60'],
    // As the plugin does: the start file's own choice comes before it.
    ["ZSH_TMUX_AUTOSTARTED", 'ZSH_TMUX_AUTOSTART=true\n[ "$ZSH_TMUX_AUTOSTARTED" = true ] || exit 1'],
    ["ZSH_TMUX_AUTOSTART", '[ "$ZSH_TMUX_AUTOSTART" = false ] || exit 1'],
  ] as const;
  for (const [shell, startFile] of [
    ["bash", ".bash_profile"],
    ["zsh", ".zshrc"],
  ] as const) {
    for (const [variable, start] of guardedStarts) {
      it(`the one of a real ${shell} whose start file needs a terminal unless ${variable} is set`, async function () {
        const path = ["/bin", "/usr/bin", "/usr/local/bin"].map((place) => join(place, shell)).find((file) => existsSync(file));
        if (path === undefined) return this.skip();
        await mkdir(join(directory, "versions"), { recursive: true });
        await symlink(process.execPath, join(directory, "versions/node"));
        await writeFile(join(directory, startFile), `${start}\nexport PATH="${join(directory, "versions")}:$PATH"\n`);
        const found = await nodeFromLoginShell({ HOME: directory, SHELL: path, PATH: "/usr/bin:/bin" }, process.platform);
        assert.equal(found, process.execPath);
      });
    }
  }

  it("the editor's own at last, made a Node by the environment that the editor names", async () => {
    const path = await program("editor", 'test "$RUN_AS_NODE" = 1 && echo 22.15.0');
    const editorNode = { path, env: { RUN_AS_NODE: "1" } };
    const { found } = await search({ editorNode });
    assert.deepEqual(found, { path, version: "22.15.0", source: "editor", env: { RUN_AS_NODE: "1" } });
    assert.ok(found);
    assert.deepEqual(environmentFor(found, { PATH: "/bin" }), { PATH: "/bin", RUN_AS_NODE: "1" });
  });

  it("none: the message names what was looked at, and the way out", async () => {
    await fakeNode("old", "18.20.0");
    assert.match(
      (await search({ path: ["old"] })).problem ?? "",
      /^No Node 20\.19 or newer was found: .*old\/node is version 18\.20\.0\. .*backgroundTasks\.nodePath\.$/,
    );
    assert.match((await search()).problem ?? "", /there is no node on the PATH or in a login shell/);
  });

  it("a binary is asked again only when it was replaced", async () => {
    const asked = join(directory, "asked");
    const node = await program("path/node", `echo x >> "${asked}"\necho 22.0.0`);
    for (let time = 0; time < 3; time++) assert.equal((await search({ setting: node })).found?.version, "22.0.0");
    assert.equal(await readFile(asked, "utf8"), "x\n");
    await program("path/node", "echo 24.10.0");
    assert.equal((await search({ setting: node })).found?.version, "24.10.0");
  });

  it("is told to the client, with what is wrong, and found when the setting is mended", async () => {
    const workspace = await TaskWorkspace.create({
      "work.task.ts": "export class Working extends BackgroundTaskEx<{}> { static readonly actions = []; }\n",
    });
    let nodePath: string = join(directory, "none");
    const client = await RunnerClient.start([workspace.directory], { settings: () => ({ nodePath }) });
    try {
      const state = () => client.folder(workspace.directory);
      const folder = uriOf(workspace.directory);
      await client.until("the problem", () => state().node.problem);
      await assert.rejects(client.request(requests.runTick, { folder, startedBy: "person" }), /backgroundTasks\.nodePath is .*none/);
      nodePath = process.execPath;
      await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      await client.until("the classes", () => state().classes.length > 0);
      assert.deepEqual(state().node, { path: process.execPath, version: process.versions.node, source: "setting" });
      assert.ok(client.output.some(({ text }) => text.includes(`Executing tasks with Node ${process.versions.node}`)));
    } finally {
      await client.stop();
      await workspace.remove();
    }
  });
});
