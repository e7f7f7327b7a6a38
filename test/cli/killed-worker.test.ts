import assert from "node:assert/strict";
import { Workspace } from "./support/workspace.ts";

/** Loaded into every Node that a command starts. */
const KILLS = `
if (process.argv[1]?.endsWith("worker.js")) process.kill(process.pid, "SIGKILL");
`;
const EXITS = `
if (process.argv[1]?.endsWith("worker.js")) process.exit(9);
`;

describe("A worker that ends before its tick has begun", () => {
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = await Workspace.create("counting");
    await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.write("kills.cjs", KILLS);
    await workspace.write("exits.cjs", EXITS);
  });
  afterEach(() => workspace.remove());

  for (const command of [["tick"], ["drain"], ["create", "Count"]]) {
    it(`is not called a bug, and loses nothing: ${command[0]}`, async () => {
      const before = await workspace.json(0, "list");
      const { code, stdout, stderr } = await workspace.runWith({ NODE_OPTIONS: "--require ./kills.cjs" }, ...command);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /The process was killed with SIGKILL from outside, possibly by the system because memory was low\./);
      assert.match(stderr, /The stored tasks are as they were: try again\./);
      assert.doesNotMatch(stderr, /bug|defect|threw/);
      assert.deepEqual(await workspace.json(0, "list"), before);
    });
  }

  it("is reported with its exit code", async () => {
    const { code, stderr } = await workspace.runWith({ NODE_OPTIONS: "--require ./exits.cjs" }, "tick");
    assert.equal(code, 1);
    assert.match(stderr, /The process ended with exit code 9\. It had not started working\./);
  });
});
