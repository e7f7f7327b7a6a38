import assert from "node:assert/strict";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { type ClientOptions, RunnerClient, uriOf } from "./support/runner-client.ts";
import { lineIn, TaskWorkspace } from "./support/task-workspace.ts";

const LOOP = `
export class Wait extends BackgroundTaskExAction<{}> {
  async executeAction() {
    for (;;) await sleep(1);
  }
}
export class Waits extends BackgroundTaskEx<{}> { static readonly actions = [Wait]; }
`;
const FILE = "waits.task.ts";
const CODE = "loop-ignores-deadline";
const CONFIGURABLE = { workspace: { workspaceFolders: true, configuration: true } };

describe("What the checks find", () => {
  const workspaces: TaskWorkspace[] = [];
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  /** What the client answers for the settings of a folder. */
  let settings: Readonly<Record<string, unknown>>;

  beforeEach(() => {
    settings = {};
  });
  afterEach(async () => {
    await client.stop();
    for (const one of workspaces.splice(0)) await one.remove();
  });

  async function make(files: Readonly<Record<string, string>>): Promise<TaskWorkspace> {
    const made = await TaskWorkspace.create(files);
    workspaces.push(made);
    return made;
  }

  async function start(files: Readonly<Record<string, string>>, options: ClientOptions = {}): Promise<void> {
    workspace = await make(files);
    await startIn([workspace], options);
  }

  async function startIn(folders: readonly TaskWorkspace[], options: ClientOptions = {}): Promise<void> {
    const directories = folders.map(({ directory }) => directory);
    client = await RunnerClient.start(directories, { settings: () => settings, capabilities: CONFIGURABLE, ...options });
    for (const directory of directories) {
      const { trusted } = options.options ?? {};
      await client.until(
        "the files",
        () => client.folder(directory).areClassesKnown || (trusted === false && client.folder(directory).taskFiles.length > 0),
      );
    }
  }

  async function setSettings(value: Readonly<Record<string, unknown>>): Promise<void> {
    settings = value;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  const open = (name: string) => client.open(workspace.path(name));
  const problems = (name = FILE) => client.problemsOf(workspace.path(name));
  const codes = (name: string) => problems(name).map(({ code }) => code);
  const severities = () => problems().map(({ severity }) => severity);
  const found = (name = FILE): Promise<Diagnostic> => client.until(`a finding in ${name}`, () => problems(name)[0]);
  const nothing = (name = FILE) => client.until(`nothing in ${name}`, () => problems(name).length === 0);
  const severity = (wanted: DiagnosticSeverity) => client.until(`the severity ${wanted}`, () => severities()[0] === wanted);

  describe("is shown in an open file", () => {
    it("at its place, with what to do and where it is explained, and not once it is closed", async () => {
      await start({ [FILE]: LOOP, "more.task.ts": LOOP.replaceAll("Wait", "Rest") });
      const file = await open(FILE);
      const line = lineIn(LOOP, "for (;;)");
      const { message, ...finding } = await found();
      assert.deepEqual(finding, {
        range: { start: { line, character: 4 }, end: { line, character: 7 } },
        severity: DiagnosticSeverity.Warning,
        code: CODE,
        codeDescription: { href: `https://github.com/background-task-ex/background-task-ex/blob/main/docs/checks/${CODE}.md` },
        source: "background-tasks",
      });
      assert.match(String(message), /^This loop in executeAction of Wait never checks the deadline/);
      assert.deepEqual(problems("more.task.ts"), []);
      await file.close();
      await nothing();
    });

    it("until it is mended, without being saved", async () => {
      await start({ [FILE]: LOOP });
      const file = await open(FILE);
      await found();
      await file.replace("executeAction() {\n    for (;;)", "executeAction(deadline: Deadline) {\n    while (!deadline.isReached())");
      await file.replace("sleep(1);\n", "sleep(1);\n    return false;\n");
      await nothing();
    });

    it("unless a comment lets it be", async () => {
      await start({ [FILE]: LOOP });
      const file = await open(FILE);
      await found();
      await file.replace("    for (;;)", `    // background-tasks-ignore-next-line ${CODE} -- a test\n    for (;;)`);
      await nothing();
      await file.replace(CODE, "poison-loop");
      await found();
    });

    it("where the workspace is not trusted, too: nothing is executed for it", async () => {
      await start({ [FILE]: LOOP }, { options: { trusted: false } });
      await open(FILE);
      assert.equal((await found()).code, CODE);
    });

    it("beside files that cannot be analysed, and files that import JSON", async () => {
      const deep = `export const deep = ${"[".repeat(20_000)}`;
      await start({ [FILE]: `import config from "./config.json";\n${LOOP}`, "deep.task.ts": deep, "config.json": "{}" });
      const file = await open(FILE);
      await open("deep.task.ts");
      assert.equal((await found()).code, CODE);
      await client.until("the file that is too deep", () => codes("deep.task.ts").includes("not-analysed"));
      assert.ok((await file.request<unknown[]>("textDocument/codeLens")).length > 0);
      assert.deepEqual(
        client.output.filter(({ level }) => level === "error"),
        [],
      );
    });

    it("by what is written in another one, saved or not", async () => {
      const steps = "export class Work extends BackgroundTaskExAction<{}> { executeAction() { return true; } }\n";
      await start({
        "steps.task.ts": steps,
        "plan.task.ts":
          'import { Work } from "./steps.task.ts";\nexport class Plan extends BackgroundTaskEx<{}> { static readonly actions = [Work]; }\n',
      });
      await open("steps.task.ts");
      const plan = await open("plan.task.ts");
      await plan.replace("[Work]", "[]");
      await client.until("the finding in the other file", () => codes("steps.task.ts").includes("unreachable-action"));
      await plan.replace("[]", "[Work]");
      await nothing("steps.task.ts");
    });
  });

  describe("has the severity", () => {
    it("of the settings, which may change while it is shown", async () => {
      settings = { checks: { [CODE]: "information" } };
      await start({ [FILE]: LOOP });
      await open(FILE);
      assert.equal((await found()).severity, DiagnosticSeverity.Information);
      await setSettings({ checks: { [CODE]: "error" } });
      await severity(DiagnosticSeverity.Error);
      await setSettings({ checks: { [CODE]: "off" } });
      await nothing();
      await setSettings({ checks: { [CODE]: null } });
      await severity(DiagnosticSeverity.Warning);
    });

    it("of the configuration file, which may change while it is shown, where the settings say nothing", async () => {
      const config = (said: string) => workspace.write("background-tasks.config.json", JSON.stringify({ checks: { [CODE]: said } }));
      await start({ [FILE]: LOOP, "background-tasks.config.json": JSON.stringify({ checks: { [CODE]: "error" } }) });
      await open(FILE);
      assert.equal((await found()).severity, DiagnosticSeverity.Error);
      await config("off");
      await nothing();
      await config("information");
      await severity(DiagnosticSeverity.Information);
      await setSettings({ checks: { [CODE]: "warning" } });
      await severity(DiagnosticSeverity.Warning);
    });
  });

  it("is not said where loading the file has said it", async () => {
    const twin = `export class Twin extends BackgroundTaskEx<{}> { static readonly actions = []; }\n${LOOP}`;
    await start({ "a.task.ts": twin, "b.task.ts": twin.replaceAll("Wait", "Rest") });
    const file = await open("a.task.ts");
    // What is found in the rest of the file comes with it.
    await client.until("the other finding", () => codes("a.task.ts").includes(CODE));
    assert.deepEqual(codes("a.task.ts").sort(), [CODE, "task-file"]);
    await client.stop();

    await startIn([workspace], { options: { trusted: false } });
    await client.open(workspace.path("a.task.ts"), file.text);
    await client.until("the other finding", () => codes("a.task.ts").includes(CODE));
    assert.deepEqual(codes("a.task.ts").sort(), ["duplicate-class-name", CODE]);
  });

  it("neither comes nor goes while something is half written, and stays with its line", async () => {
    const unused = "export class Unused extends BackgroundTaskExAction<{}> { executeAction() { return true; } }\n";
    await start({ [FILE]: unused + LOOP, "seen.task.ts": unused.replace("Unused", "Idle") });
    const [file, seen] = [await open(FILE), await open("seen.task.ts")];
    await client.until("the findings", () => problems().length === 2 && problems("seen.task.ts").length === 1);
    const begin = client.published.length;
    // In the class that has the finding, and before it.
    const typed = "const first = [1, 2, 3].map((n) => { if (n > ";
    await file.replace("    for (;;)", "\n    for (;;)");
    for (let length = 0; length < typed.length; length += 15) {
      await file.replace("\n    for (;;)", `${typed.slice(length, length + 15)}\n    for (;;)`);
      // All are looked at together: what moves here says that the others were.
      await seen.replace("export class Idle ", "\nexport class Idle ");
      const { line } = seen.position("Idle");
      await client.until("another look", () => problems("seen.task.ts")[0]?.range.start.line === line);
    }
    await file.replace("export class Unused", "\nexport class Unused");
    const lines = () => problems().map(({ range }) => range.start.line);
    await client.until("both where they stand", () => lines().includes(file.position("for (;;)").line));
    assert.deepEqual(lines().sort(), [file.position("Unused").line, file.position("for (;;)").line].sort());
    for (const { uri, diagnostics } of client.published.slice(begin)) {
      assert.deepEqual(
        diagnostics.map(({ code }) => code).sort(),
        uri === file.uri ? [CODE, "unreachable-action"] : ["unreachable-action"],
      );
    }
    await file.replace("n > ", "n > 0) return n; });");
    await file.replace("    for (;;)", "    if (first)");
    await client.until("the end of what is mended", () => !codes(FILE).includes(CODE));
  });

  it("in a file that tasks of two folders use is shown once, as its own folder has it", async () => {
    const shared = await make({
      "wait.ts": `import { BackgroundTaskExAction } from "background-task-ex";\n${LOOP.slice(0, LOOP.indexOf("export class Waits"))}`,
      "own.task.ts": 'export { Wait } from "./wait.ts";\n',
    });
    const user = await make({ "uses.task.ts": `export { Wait } from ${JSON.stringify(shared.path("wait.ts"))};\n` });
    workspace = shared;
    const checks = (folder: string, said: string) => (folder === uriOf(shared.directory) ? { checks: { [CODE]: said } } : {});
    let own = "error";
    await startIn([user, shared], { settings: (folder) => checks(folder, own) });
    await open("wait.ts");
    await client.until("the finding", () => codes("wait.ts").includes(CODE));
    const shown = problems("wait.ts").filter(({ code }) => code === CODE);
    assert.deepEqual(
      shown.map(({ severity }) => severity),
      [DiagnosticSeverity.Error],
    );
    own = "off";
    await setSettings({});
    await client.until("no finding, although the other folder has it", () => !codes("wait.ts").includes(CODE));
  });
});
