import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFile, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ListJson } from "../../server/json/list-json.ts";
import { lineOf, repository, SampleWorkspace } from "./sample-workspace.ts";

describe("npm start", function () {
  this.timeout(180_000);
  let workspace: SampleWorkspace;
  before(async () => {
    workspace = await SampleWorkspace.create();
  });
  after(() => workspace.remove());

  it("runs the samples to the end, and says what they did, where things are, and where the one failure is", async () => {
    const { status, stdout, stderr } = start();
    assert.equal(status, 0, stdout + stderr);
    const ticks = [...stdout.matchAll(/^ +(\d+) {2}/gm)].map(([, tick]) => Number(tick));
    assert.ok(ticks.length >= 6, stdout);
    for (const name of ["PurgeArchives", "ImportOrders", "TrafficReport", "CompressLogs"])
      assert.match(stdout, new RegExp(`✔ ${name} +finished +\\d`));
    assert.match(stdout, /✔ FailsOnPurpose +finished-with-failures +2 +2/);
    const file = workspace.path("fails-on-purpose.task.ts");
    const line = await lineOf(file, "fails here, on purpose");
    assert.ok(stdout.includes(`${relative(repository, file)}:${line}:`), stdout);
    assert.match(stdout, /caused by SyntaxError: /);
    for (const [, path = ""] of stdout.matchAll(/^ {2}(?:state|results) +(\S+)/gm)) {
      assert.ok((await readdir(join(repository, path))).length > 0, `${path} is empty`);
    }
    assert.equal(stdout.includes("\u001b"), false, "no colours in a pipe");
  });

  it("starts afresh the second time, and leaves alone what a person has made", async () => {
    const persons = await workspace.create("PurgeArchives", {});
    await workspace.run("pause", persons);
    await writeFile(workspace.path("results", "notes.txt"), "a person's");
    await writeFile(workspace.path("data", "notes.txt"), "a person's");
    const { status, stdout, stderr } = start();
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /384 logs compressed/);
    assert.match(stdout, /335 old archives deleted/);
    const { tasks } = (await workspace.run<ListJson>("list")).json;
    assert.deepEqual(
      tasks.map((task) => task.id),
      [persons],
    );
    assert.equal(await workspace.read("results", "notes.txt"), "a person's");
    assert.equal(await workspace.read("data", "notes.txt"), "a person's");
  });

  it("ends with 1 and says so when a sample does not do what it should", async () => {
    await appendFile(workspace.path("make-data.mjs"), 'writeFileSync(join(data, "settings.json"), "{}");');
    const { status, stdout } = start();
    assert.equal(status, 1, stdout);
    assert.match(stdout, /✘ FailsOnPurpose +finished /);
  });

  function start() {
    return spawnSync(process.execPath, [join(repository, "scripts/start.mjs"), workspace.directory], { encoding: "utf8" });
  }
});
