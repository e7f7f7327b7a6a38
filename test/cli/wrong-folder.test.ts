import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import type { ListJson } from "../../server/json/list-json.ts";
import { Workspace } from "./support/workspace.ts";

const NEEDING_FILES = [["tick"], ["drain"], ["serve"], ["check"], ["create", "Count"]] as const;

describe("In a folder without task files", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
  });
  afterEach(() => workspace.remove());

  for (const args of NEEDING_FILES) {
    it(`${args[0]} ends with exit code 2, names the folder and the patterns, and leaves nothing behind`, async () => {
      const { code, stdout, stderr } = await workspace.run(...args);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.ok(stderr.includes(`No task file found under ${workspace.directory} (include: **/*.task.{ts,mts,cts,js,mjs,cjs}).`), stderr);
      assert.match(stderr, /name that with --workspace, or change "include" in background-tasks\.config\.json\.\n$/);
      assert.equal(existsSync(workspace.path(".background-tasks")), false);
    });
  }

  it("the patterns are those of the configuration", async () => {
    await workspace.write("background-tasks.config.json", '{ "include": ["jbos/**/*.ts", "!**/old/**"] }');
    await workspace.write("jobs/one.ts", "export {};");
    assert.match((await workspace.run("tick")).stderr, /\(include: jbos\/\*\*\/\*\.ts, !\*\*\/old\/\*\*\)/);
  });

  it("a tick says that the tasks stored there cannot be executed", async () => {
    await workspace.write("one.task.ts", COUNT);
    await workspace.createTask("Count");
    await rename(workspace.path("one.task.ts"), workspace.path("one.ts"));
    const { code, stderr } = await workspace.run("tick");
    assert.equal(code, 2);
    assert.match(stderr, /Without their task files, the tasks stored in .* cannot be executed\./);
    assert.equal((await workspace.json<ListJson>(0, "list")).tasks.length, 1);
  });

  it("the store of a folder around it is named, and that of a package inside it", async () => {
    await workspace.write("packages/jobs/one.task.ts", COUNT);
    await workspace.write("packages/web/index.ts", "export {};");
    const inside = (...folder: string[]) => ["--workspace", workspace.path("packages", ...folder)];
    await workspace.run("create", "Count", ...inside("jobs"));
    const jobs = `${workspace.path("packages", "jobs")} has a store with 1 task. To use it, add --workspace ${workspace.path("packages", "jobs")}.`;
    for (const args of [["list"], ["history"], ["show", "Count"]]) {
      assert.ok((await workspace.run(...args)).stderr.includes(jobs), args.join(" "));
    }
    assert.ok((await workspace.run("create", "Count")).stderr.includes(jobs), "as it makes another store");
    const around = `${workspace.directory} has a store with 1 task. To use it, add --workspace ${workspace.directory}.`;
    for (const args of [["tick"], ["list"]]) {
      assert.ok((await workspace.run(...args, ...inside("web"))).stderr.includes(around), args.join(" "));
    }
  });
});

describe("What matches nothing is named:", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting");
  });
  afterEach(() => workspace.remove());

  it("a pattern of the configuration, by check and serve", async () => {
    await workspace.write("background-tasks.config.json", '{ "include": ["*.task.ts", "jbos/**/*.ts"] }');
    const warning = /warning: no file matches "jbos\/\*\*\/\*\.ts" of "include" in background-tasks\.config\.json\./;
    assert.match((await workspace.run("check")).stderr, warning);
    const serve = workspace.start("serve");
    await serve.printed(/Loaded /);
    serve.signal("SIGTERM");
    assert.match((await serve.result).stderr, warning);
  });

  it("a class that neither a task file nor a stored task has, by tick and drain", async () => {
    for (const command of ["tick", "drain"]) {
      const { code, stdout, stderr } = await workspace.run(command, "--class", "Coumt");
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /error: No task file exports a task class Coumt\. Did you mean Count\?\n$/);
    }
    assert.match((await workspace.run("tick", "--class", "CountUp")).stderr, /CountUp is an action: create a task that has it among/);
  });

  it("but not the class of a stored task that has lost its file", async () => {
    await workspace.createTask("Count");
    await workspace.write("other.task.ts", COUNT.replace("Count ", "Other "));
    await rename(workspace.path("counting.task.ts"), workspace.path("counting.ts"));
    const { code, stderr } = await workspace.run("tick", "--class", "Count");
    assert.equal(code, 0);
    assert.match(stderr, /is skipped\. No task file exports a task class Count/);
  });

  it("nor a scheduled class without a stored task", async () => {
    assert.equal((await workspace.run("tick", "--class", "Nightly")).code, 0);
  });

  it("a class to create, with those that there are", async () => {
    assert.match((await workspace.run("create", "NoSuch")).stderr, /task class NoSuch\. Task classes: Count, Endless, Nightly\.\n$/);
    assert.match((await workspace.run("create", "CountUp")).stderr, /task class CountUp\. CountUp is an action: .* Task classes: Count,/);
  });

  it("serve says how much it serves", async () => {
    const serve = workspace.start("serve");
    await serve.printed(/Nothing to do/);
    serve.signal("SIGTERM");
    const { stderr } = await serve.result;
    assert.match(stderr, /Serving .*: 1 task file\.\n/);
    assert.match(stderr, /Loaded 3 task classes, 1 schedule\.\n/);
  });
});

const COUNT = `import { BackgroundTaskEx } from "background-task-ex";
export class Count extends BackgroundTaskEx { static readonly actions = []; }
`;
