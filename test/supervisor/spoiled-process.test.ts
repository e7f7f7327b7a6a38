import assert from "node:assert/strict";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const SPOILS = `
import fs from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";

const require = createRequire(import.meta.url);
const everything = globalThis as Record<string, any>;
const everyObject = Object.prototype as Record<string, any>;

/** As a library for fake timers does it when it is installed and never uninstalled. */
function fakeTimers() {
  const Real = Date;
  everything.Date = class extends Real {
    constructor(...args: any[]) { super(...((args.length > 0 ? args : [0]) as [])); }
    static now() { return 0; }
  };
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) everything[name] = () => 1;
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) everything[name] = () => {};
  everything.queueMicrotask = () => {};
  performance.now = () => 0;
  process.nextTick = () => {};
  process.hrtime = (() => [0, 0]) as any;
}

const SPOILERS: Record<string, () => void> = {
  fakeTimers,
  timersModule() {
    Object.assign(require("node:timers/promises"), { setTimeout: () => new Promise(() => {}), setImmediate: () => new Promise(() => {}) });
    syncBuiltinESMExports();
  },
  dateNow() { Date.now = () => 0; },
  Promise() { everything.Promise = class { static resolve() { return 1; } static all() { return 1; } static race() { return 1; } then() {} }; },
  promiseThen() { Promise.prototype.then = function () { return this; } as any; },
  json() { JSON.stringify = () => "{}"; JSON.parse = () => ({}); },
  arrayToJSON() { (Array.prototype as any).toJSON = () => "array"; },
  objectToJSON() { everyObject.toJSON = () => "object"; },
  get() { everyObject.get = 1; },
  set() { everyObject.set = 1; },
  pollution() { Object.assign(everyObject, { encoding: "bogus", signal: "bogus", flag: 1, request: 1 }); },
  strings() { String.prototype.split = () => []; String.prototype.startsWith = () => true; },
  arrays() { Array.prototype.map = () => []; Array.prototype.push = () => 0; Array.prototype[Symbol.iterator] = function* () {} as any; },
  maps() { Map.prototype.get = () => undefined; Set.prototype.has = () => false; },
  statics() { Object.assign = () => ({}); Object.keys = () => []; Object.entries = () => []; },
};
// Replaced for good, as some libraries do: the engine has its own.
const FILE_SYSTEM = () => {
  const real = fs.appendFileSync;
  for (const name of Object.keys(fs)) if (/^(write|open|read|fdatasync|fsync|stat|rename|rm)/.test(name)) (fs as any)[name] = () => { throw new Error("mocked " + name); };
  for (const name of Object.keys(fs.promises)) (fs.promises as any)[name] = async () => { throw new Error("mocked " + name); };
  fs.appendFileSync = real;
  syncBuiltinESMExports();
};

export class Spoils extends BackgroundTaskExAction<{ how: string; again?: true }> {
  async executeAction() {
    if (this.params.again) return true;
    this.params.again = true;
    SPOILERS[this.params.how]?.();
    return true;
  }
}
export class SpoilsAndSaves extends BackgroundTaskExAction<{ how: string; again?: true }> {
  async executeAction() {
    if (this.params.again) return true;
    this.params.again = true;
    await this.checkpoint();
    SPOILERS[this.params.how]?.();
    this.task.message = "spoilt";
    await this.checkpoint();
    this.reportProgress({ done: 1, total: 2 });
    await this.checkpoint();
    return true;
  }
}
export class MocksFiles extends BackgroundTaskExAction<{}> {
  async executeAction() { FILE_SYSTEM(); return true; }
}
export class Works extends BackgroundTaskExAction<{}> {
  async executeAction() {
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 2));
    return JSON.parse(JSON.stringify([before])).map(Number)[0] > 0 && Object.keys({ one: 1 }).length === 1;
  }
}
export class SpoilingAll extends BackgroundTaskEx<{}> {
  createActions() { return Object.keys(SPOILERS).flatMap((how) => [new Spoils({ how }), new Works({})]); }
}
export class SpoilingDuring extends BackgroundTaskEx<{ how: string }> { static readonly actions = [SpoilsAndSaves]; }
export class Mocking extends BackgroundTaskEx<{}> { static readonly actions = [MocksFiles, Works]; }
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;

const WRITES_REPORT = `
import { writeSync } from "node:fs";
export class WritesReport extends BackgroundTaskExAction<{}> {
  async executeAction() { writeSync(5, "hello\\n"); await new Promise((resolve) => setTimeout(resolve, 60_000)); return true; }
}
export class Works extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
export class Writing extends BackgroundTaskEx<{}> { static readonly actions = [WritesReport]; }
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;

const POLLUTES_AT_IMPORT = `
Object.assign(Object.prototype, { get: 1, encoding: "bogus" });
`;
const WORKS = `
export class Works extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;

const ALL = [
  ...["fakeTimers", "timersModule", "dateNow", "Promise", "promiseThen", "json", "arrayToJSON", "objectToJSON", "get", "set", "pollution"],
  ...["strings", "arrays", "maps", "statics"],
];

describe("A process whose built-ins user code changes", () => {
  let workspace: SupervisedFolder;
  afterEach(() => workspace.remove());

  it("executes the actions after it as if nothing had happened, and names the action that left the changes", async () => {
    workspace = await SupervisedFolder.create({ "spoils.task.ts": SPOILS });
    await workspace.createTask("SpoilingAll");
    const told = await workspace.tick();
    assert.deepEqual(
      told.report.tasks.map(({ status, actions }) => [status, actions.filter(({ outcome }) => outcome === "finished").length]),
      [["finished", 2 * ALL.length]],
    );
    const warnings = told.of("warning").map(({ message }) => message);
    for (const name of [
      "setTimeout",
      "Date.now",
      "Promise",
      "JSON.stringify",
      "Array.prototype.toJSON",
      "Object.prototype.get",
      "Object.keys",
    ]) {
      const warning = warnings.find((message) => message.includes(` ${name}`));
      assert.match(warning ?? "", /^Spoils\.executeAction left changed built-ins behind: .*They were restored/, name);
    }
    assert.deepEqual(told.of("worker-ended"), []);
    const [entry] = await workspace.history();
    assert.ok(Date.parse(entry?.endedAt ?? "") > Date.parse("2020-01-01"), "the engine has kept its clock");
  });

  it("costs one attempt of that action at most while the change lasts, and no other task", async () => {
    workspace = await SupervisedFolder.create({ "spoils.task.ts": SPOILS });
    const ids = await Promise.all(ALL.map((how) => workspace.createTask({ class: "SpoilingDuring", params: { how }, name: how })));
    await workspace.createTask("Working");
    const first = await workspace.tick({ maxExecutionTimeMs: 60_000 });
    const statusOf = (name: string) => first.report.tasks.find((task) => task.name === name)?.status;
    assert.equal(statusOf("Working"), "finished");
    const left = await workspace.tasks();
    assert.ok(left.length < ids.length, "the engine has its own of what is most often replaced");
    for (const { name, actions } of left) {
      assert.equal(statusOf(name), "running", name);
      const error = actions[0]?.error;
      assert.ok(error?.kind === "thrown" || error?.message.includes("SpoilsAndSaves.executeAction"), `${name}: ${error?.message}`);
    }
    const second = await workspace.tick();
    assert.deepEqual(
      second.report.tasks.map(({ name, status }) => [name, status]),
      left.map(({ name }) => [name, "finished"]),
    );
  });

  it("keeps its own functions of the file system", async () => {
    workspace = await SupervisedFolder.create({ "spoils.task.ts": SPOILS });
    await workspace.createTask("Mocking");
    assert.equal((await workspace.tick()).report.tasks[0]?.status, "finished");
    assert.equal((await workspace.history()).length, 1);
  });

  it("is rid of what a task file adds to all objects when it is imported", async () => {
    workspace = await SupervisedFolder.create({ "pollutes.task.ts": POLLUTES_AT_IMPORT, "works.task.ts": WORKS });
    await workspace.createTask("Working");
    const told = await workspace.tick();
    assert.equal(told.report.tasks[0]?.status, "finished");
    assert.match(told.of("warning")[0]?.message ?? "", /pollutes\.task\.ts added Object\.prototype\.get, Object\.prototype\.encoding/);
  });

  it("is ended when user code writes to the pipe of the engine's reports, and the action is told", async () => {
    workspace = await SupervisedFolder.create({ "writes.task.ts": WRITES_REPORT });
    const id = await workspace.createTask("Writing");
    await workspace.createTask("Working");
    const { report } = await workspace.tick();
    assert.deepEqual(
      report.tasks.map(({ status }) => status),
      ["running", "finished"],
    );
    const error = (await workspace.task(id)).actions[0]?.error;
    assert.equal(error?.name, "ProcessReportError");
    assert.match(error?.message ?? "", /wrote "hello" to .*during WritesReport\.executeAction/);
  });
});
