import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { lineIn, TaskWorkspace } from "./support/task-workspace.ts";

const FAIL = `
function readSettings(directory: string): never {
  try {
    JSON.parse("{");
  } catch (cause) {
    throw new Error("settings are no JSON", { cause });
  }
  throw new Error(directory);
}
export class ReadSettings extends BackgroundTaskExAction<{ directory: string }> {
  static readonly maxAttempts = 2;
  executeAction() {
    if (existsSync(this.params.directory + "/repaired")) return true;
    return readSettings(this.params.directory);
  }
}
export class UseSettings extends BackgroundTaskEx<{ directory: string }> { static readonly actions = [ReadSettings]; }
`;

const RUNS_OUT = `
export class Exhausts extends BackgroundTaskExAction<{}> {
  executeAction(): boolean {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  }
}
export class Exhausting extends BackgroundTaskEx<{}> { static readonly actions = [Exhausts]; }
`;

describe("A failed action", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let file: string;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "settings.task.ts": FAIL });
    file = workspace.path("settings.task.ts");
    client = await RunnerClient.start([workspace.directory]);
    await client.until("the classes", () => client.folder(workspace.directory).classes.length > 0);
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const folder = () => uriOf(workspace.directory);
  const create = (className = "UseSettings") =>
    client.request<{ id: string }>(requests.createTask, { folder: folder(), class: className, params: { directory: workspace.directory } });
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  const problem = async (code: string) => {
    const [found, ...more] = await client.until(`a problem ${code}`, () => {
      const problems = client.problemsOf(file);
      return problems.some((candidate) => candidate.code === code) && problems;
    });
    assert.ok(found);
    assert.deepEqual(more, []);
    return found;
  };

  it("is a warning at the line that threw, to its end, for as long as it will be retried", async () => {
    await create();
    await tick();
    const { range, severity, source, message, relatedInformation } = await problem("action-will-retry");
    const line = lineIn(FAIL, 'throw new Error("settings');
    const text = '    throw new Error("settings are no JSON", { cause });';
    assert.deepEqual(range, { start: { line, character: text.indexOf("new Error") }, end: { line, character: text.length } });
    assert.equal(severity, DiagnosticSeverity.Warning);
    assert.equal(source, "background-tasks");
    assert.equal(message, "ReadSettings failed (attempt 1 of 2): settings are no JSON");
    const related = (relatedInformation ?? []).map((information) => [information.location.range.start.line, information.message]);
    assert.deepEqual(related[0], [lineIn(FAIL, "return readSettings"), "called in ReadSettings.executeAction"]);
    assert.equal(related.at(-1)?.[0], lineIn(FAIL, 'JSON.parse("{")'));
    assert.match(String(related.at(-1)?.[1]), /^caused by SyntaxError: /);
  });

  it("is an error at once where no next attempt comes: in init", async () => {
    const text = `
export class BeginBadly extends BackgroundTaskExAction<{}> {
  override initActionParams(): boolean {
    throw new Error("nothing to begin with");
  }
  executeAction() {
    return true;
  }
}
export class BadBeginning extends BackgroundTaskEx<{}> {
  static override readonly actions = [BeginBadly];
}
`;
    await workspace.write("init.task.ts", text);
    await client.until("the class", () => client.folder(workspace.directory).classes.some(({ name }) => name === "BadBeginning"));
    await create("BadBeginning");
    await tick();
    const problems = await client.until("the problem", () => {
      const found = client.problemsOf(workspace.path("init.task.ts"));
      return found.length > 0 && found;
    });
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, range.start.line]),
      [["action-failed", DiagnosticSeverity.Error, lineIn(text, "throw new Error")]],
    );
  });

  it("is an error once it was dropped, and stays one when its task has ended, until a later task succeeds", async () => {
    await create();
    await tick();
    await tick();
    const dropped = await problem("action-failed");
    assert.equal(dropped.severity, DiagnosticSeverity.Error);
    assert.equal(dropped.message, "ReadSettings failed (attempt 2 of 2): settings are no JSON");
    await client.until("its task to have ended", () => client.folder(workspace.directory).tasks.length === 0);

    await workspace.write("repaired", "");
    await create();
    await tick();
    await client.until("no problem", () => client.problemsOf(file).length === 0);
  });

  it("is no problem any more as soon as its retry succeeds", async () => {
    await create();
    await tick();
    await problem("action-will-retry");
    await workspace.write("repaired", "");
    await tick();
    await client.until("no problem", () => client.problemsOf(file).length === 0);
  });

  it("that several tasks share is said once", async () => {
    await create();
    await create();
    await tick();
    await problem("action-will-retry");
  });

  it("is dismissed on its task as well, at once, in every window and later ones, until it fails again", async () => {
    const { id } = await create();
    await tick();
    await problem("action-will-retry");
    const other = await RunnerClient.start([workspace.directory]);
    const actionIn = (window: RunnerClient) => window.folder(workspace.directory).tasks.find((task) => task.id === id)?.actions[0];
    try {
      await client.request(requests.dismissFailure, { folder: folder(), task: id });
      assert.deepEqual([actionIn(client)?.dismissed, actionIn(client)?.error?.message], [true, "settings are no JSON"]);
      await client.until("no problem", () => client.problemsOf(file).length === 0);
      await other.until("what this window has dismissed", () => actionIn(other)?.dismissed);
    } finally {
      await other.stop();
    }
    const later = await RunnerClient.start([workspace.directory]);
    try {
      assert.equal(actionIn(later)?.dismissed, true, "from the first on");
      assert.ok(later.changes.every(({ tasks = [] }) => tasks.every(({ actions }) => actions[0]?.dismissed)));
    } finally {
      await later.stop();
    }
    await workspace.write(
      "settings.task.ts",
      FAIL.replace("maxAttempts = 2", "maxAttempts = 3").replace(
        "actions = [ReadSettings]",
        'actions = [ReadSettings]; static readonly onActionFailed = "stop"',
      ),
    );
    await tick();
    assert.equal(actionIn(client)?.dismissed, undefined);
    await problem("action-will-retry");
  });

  it("can be dismissed where its task has failed as a whole", async () => {
    await workspace.write(
      "choosing.task.ts",
      `export class Choosing extends BackgroundTaskEx<{}> {
        static readonly actions = [];
        override getNextAction(): never { throw new Error("no choice"); }
      }`,
    );
    await client.request(requests.refreshClasses, { folder: folder() });
    const { id } = await create("Choosing");
    await tick();
    const choosing = workspace.path("choosing.task.ts");
    await client.until("the problem", () => client.problemsOf(choosing).length === 1);
    await client.request(requests.dismissFailure, { folder: folder(), task: id });
    const [task] = client.folder(workspace.directory).tasks;
    assert.deepEqual([task?.status, task?.error?.message, task?.dismissed], ["failed", "no choice", true]);
    await client.until("no problem", () => client.problemsOf(choosing).length === 0);
  });

  it("can be dismissed on its task though a later one has made up for it", async () => {
    await workspace.write(
      "settings.task.ts",
      FAIL.replace("actions = [ReadSettings]", 'actions = [ReadSettings]; static readonly onActionFailed = "stop"'),
    );
    await client.request(requests.refreshClasses, { folder: folder() });
    const { id } = await create();
    await tick();
    await tick();
    await problem("action-failed");
    await workspace.write("repaired", "");
    await create();
    await tick();
    await client.until("no problem", () => client.problemsOf(file).length === 0);
    await client.request(requests.dismissFailure, { folder: folder(), task: id });
    const [task] = client.folder(workspace.directory).tasks;
    assert.deepEqual([task?.id, task?.status, task?.actions[0]?.dismissed], [id, "failed", true]);
  });

  it("can be dismissed, in every window and for good; the next failure shows again", async () => {
    await create();
    await tick();
    await tick();
    const { data } = await problem("action-failed");
    await client.request(requests.dismissFailure, data as object);
    await client.until("no problem", () => client.problemsOf(file).length === 0);
    await assert.rejects(client.request(requests.dismissFailure, data as object), /no longer has this failure/);

    const other = await RunnerClient.start([workspace.directory]);
    try {
      await other.until("the classes", () => other.folder(workspace.directory).classes.length > 0);
      assert.deepEqual(other.problemsOf(file), []);
      await create();
      await tick();
      await problem("action-will-retry");
      await other.until("the problem in the other window", () => other.problemsOf(file).length === 1);
    } finally {
      await other.stop();
    }
  });

  it("is no problem any more when its file is deleted", async () => {
    await create();
    await tick();
    await problem("action-will-retry");
    await rm(file);
    await client.until("no problem", () => client.problemsOf(file).length === 0);
  });

  it("shows at once in a window that is opened later, and in an untrusted one", async () => {
    await create();
    await tick();
    const later = await RunnerClient.start([workspace.directory], { options: { trusted: false } });
    try {
      const [first] = await later.until("the problem", () => later.problemsOf(file).length > 0 && later.problemsOf(file));
      assert.equal(first?.message, "ReadSettings failed (attempt 1): settings are no JSON");
    } finally {
      await later.stop();
    }
  });

  it("by the command line shows by itself", async () => {
    await create();
    await workspace.cli("tick");
    await problem("action-will-retry");
  });

  it("without a line of its own is shown at the declaration of its class", async () => {
    await workspace.write("exhausts.task.ts", RUNS_OUT);
    await client.until("the class", () => client.folder(workspace.directory).classes.some(({ name }) => name === "Exhausting"));
    await client.request(requests.createTask, { folder: folder(), class: "Exhausting", params: {} });
    await tick();
    const [found] = await client.until("the problem", () => {
      const problems = client.problemsOf(workspace.path("exhausts.task.ts"));
      return problems.length > 0 && problems;
    });
    assert.equal(found?.range.start.line, lineIn(RUNS_OUT, "class Exhausts "));
    assert.match(String(found?.message), /^Exhausts failed \(attempt 1 of 5\): ProcessKilledError: /);
  });
});

describe("A task file that cannot be used", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create();
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  it("is a problem at the place of the compile error, until it is mended", async () => {
    await writeFile(workspace.path("broken.task.ts"), "export const fine = 1;\nexport class {\n");
    client = await RunnerClient.start([workspace.directory]);
    const file = workspace.path("broken.task.ts");
    const [problem] = await client.until("the problem", () => client.problemsOf(file).length > 0 && client.problemsOf(file));
    assert.equal(problem?.code, "task-file");
    assert.equal(problem?.range.start.line, 1);
    await client.until("the load problem", () => client.folder(workspace.directory).loadProblems.length === 1);

    await workspace.write("broken.task.ts", "export class Mended extends BackgroundTaskEx<{}> { static readonly actions = []; }\n");
    await client.until("no problem", () => client.problemsOf(file).length === 0);
    await client.until("the class", () => client.folder(workspace.directory).classes.some(({ name }) => name === "Mended"));
  });

  it("because it throws when it is imported, is a problem where it throws", async () => {
    const text = 'export const settings = JSON.parse("{");\n';
    await workspace.write("throws.task.ts", text);
    client = await RunnerClient.start([workspace.directory]);
    const file = workspace.path("throws.task.ts");
    const [problem] = await client.until("the problem", () => client.problemsOf(file).length > 0 && client.problemsOf(file));
    assert.match(String(problem?.message), /^SyntaxError: /);
    assert.equal(problem?.range.start.line, lineIn(text, "JSON.parse"));
  });

  it("because of a name that two classes share, is a problem at both", async () => {
    const twin = "export class Twin extends BackgroundTaskEx<{}> { static readonly actions = []; }\n";
    await workspace.write("a.task.ts", twin);
    await workspace.write("b.task.ts", twin);
    client = await RunnerClient.start([workspace.directory]);
    for (const name of ["a.task.ts", "b.task.ts"]) {
      const file = workspace.path(name);
      const [problem] = await client.until(`the problem in ${name}`, () => client.problemsOf(file).length > 0 && client.problemsOf(file));
      assert.equal(problem?.code, "task-file");
      assert.equal(problem?.range.start.line, lineIn(twin, "class Twin"));
    }
  });

  it("is a problem at the configuration's own line when that is wrong, and the folder says so", async () => {
    await workspace.write("background-tasks.config.json", '{\n  "maxExecutionTime": "long"\n}\n');
    client = await RunnerClient.start([workspace.directory]);
    const file = workspace.path("background-tasks.config.json");
    const [problem] = await client.until("the problem", () => client.problemsOf(file).length > 0 && client.problemsOf(file));
    assert.equal(problem?.range.start.line, 1);
    await client.until("the problem of the folder", () =>
      /maxExecutionTime must be/.test(client.folder(workspace.directory).problem ?? ""),
    );

    await workspace.write("background-tasks.config.json", '{ "maxExecutionTime": 10 }');
    await client.until("no problem", () => client.problemsOf(file).length === 0 && !client.folder(workspace.directory).problem);
  });
});

describe("A failure in a file that is edited", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let path: string;
  let file: OpenedFile;

  beforeEach(async () => {
    // The checks have something to tell of the same file after each edit.
    workspace = await TaskWorkspace.create({ "settings.task.ts": `${FAIL}export class Unused extends BackgroundTaskExAction<{}> {\n}\n` });
    path = workspace.path("settings.task.ts");
    client = await RunnerClient.start([workspace.directory]);
    await client.until("the classes", () => client.folder(workspace.directory).classes.length > 0);
    file = await client.open(path);
    await client.request(requests.createTask, { folder: folder(), class: "UseSettings", params: { directory: workspace.directory } });
    await tick();
    await shownAtItsLine();
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const folder = () => uriOf(workspace.directory);
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  const failures = () => client.problemsOf(path).filter(({ code }) => String(code).startsWith("action-"));
  const shownAt = (place: { readonly line: number; readonly character: number }) =>
    client.until(`the failure at ${place.line}:${place.character}`, () => {
      const [failure, ...more] = failures();
      return more.length === 0 && failure?.range.start.line === place.line && failure.range.start.character === place.character;
    });
  const shownAtItsLine = () => shownAt(file.position('new Error("settings'));
  const inSaved = () => {
    const line = lineIn(FAIL, 'new Error("settings');
    return { line, character: '    throw new Error("'.indexOf("new") };
  };

  it("stays with its line, whatever is told of the file meanwhile", async () => {
    await file.replace("function readSettings", "// Reads.\n\nfunction readSettings");
    await shownAtItsLine();
    await file.replace('throw new Error("settings', 'await 0, throw   new Error("settings');
    await shownAtItsLine();
    await client.request(requests.createTask, { folder: folder(), class: "UseSettings", params: { directory: workspace.directory } });
    await shownAtItsLine();
    await file.replace("// Reads.\n\n", "");
    await shownAtItsLine();
  });

  it("stays there when the file is saved and closed, and is where it was when the edit is given up", async () => {
    await file.replace("function readSettings", "// Reads.\nfunction readSettings");
    await shownAtItsLine();
    await writeFile(path, file.text);
    await file.save();
    const saved = file.position('new Error("settings');
    await file.replace("// Reads.\n", "// Reads.\n//\n//\n");
    await shownAtItsLine();
    await file.close();
    await shownAt(saved);
    assert.notDeepEqual(saved, inSaved());
  });

  it("is where later ones are", async () => {
    await file.replace("function readSettings", "// Reads.\nfunction readSettings");
    await writeFile(path, file.text);
    await file.save();
    await client.request(requests.createTask, { folder: folder(), class: "UseSettings", params: { directory: workspace.directory } });
    await tick();
    await client.until("both failures", () => failures().length === 2);
    const { line } = file.position('new Error("settings');
    for (const { range } of failures()) assert.equal(range.start.line, line);
  });
});
