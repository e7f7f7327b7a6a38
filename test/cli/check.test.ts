import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { DiagnosticsJson } from "../../server/cli/json/diagnostics-json.ts";
import { diagnosticsDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("check", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting");
  });
  afterEach(() => workspace.remove());

  it("finds nothing in task files that are in order: exit code 0", async () => {
    assert.deepEqual(await workspace.json(0, "check"), { diagnostics: [] });
    const { code, stdout, stderr } = await workspace.run("check");
    assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
    assert.equal(stderr, "1 task file checked: 0 errors, 0 warnings.\n");
  });

  it("reports what does not load and what shares a name, with file, line and column: exit code 1", async () => {
    await workspace.write("syntax.task.ts", "export const a = 1;\nexport class {\n");
    await workspace.write("throws.task.ts", 'const config: undefined | { a: 1 } = undefined;\nthrow new Error("not configured");\n');
    await workspace.write(
      "twin.task.ts",
      'import { BackgroundTaskEx } from "background-task-ex";\n\nexport class Count extends BackgroundTaskEx {\n  static readonly actions = [];\n}\n',
    );
    const found = await workspace.json<DiagnosticsJson>(1, "check");
    diagnosticsDocument(found, "check");
    const brief = found.diagnostics.map(({ file, line, column, severity, code }) => [file, line, column, severity, code].join(" "));
    assert.deepEqual(brief, [
      `${workspace.path("counting.task.ts")} 17 14 error duplicate-class-name`,
      `${workspace.path("syntax.task.ts")} 2 14 error file-does-not-load`,
      `${workspace.path("throws.task.ts")} 2 7 error file-does-not-load`,
      `${workspace.path("twin.task.ts")} 3 14 error duplicate-class-name`,
    ]);
    const { code, stdout, stderr } = await workspace.run("check");
    assert.equal(code, 1);
    assert.match(stdout, /^twin\.task\.ts:3:14: error: 2 classes are named Count, .* \[duplicate-class-name\]$/m);
    assert.match(stdout, /^throws\.task\.ts:2:7: error: .*not configured.* \[file-does-not-load\]$/m);
    assert.match(stderr, /4 task files checked: 4 errors, 0 warnings\.\n$/);
  });

  const MISTAKES = [
    'import { BackgroundTaskEx, BackgroundTaskExAction, cron } from "background-task-ex";',
    "export class Work extends BackgroundTaskExAction {",
    "  async executeAction() {",
    "    this.checkpoint();",
    "  }",
    "}",
    "export class Task extends BackgroundTaskEx {",
    "  static readonly actions = [Work];",
    "}",
    "",
  ].join("\n");

  it("reports what can be read in the files: mistakes of any severity but information make the exit code 1", async () => {
    await workspace.write("mistakes.task.ts", MISTAKES);
    const { code, stdout, stderr } = await workspace.run("check");
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^mistakes\.task\.ts:3:9: error: executeAction of Work can end without returning a value\. .* \[missing-result\]$/m,
    );
    assert.match(stdout, /^mistakes\.task\.ts:4:5: warning: this\.checkpoint\(…\) is neither awaited .* \[floating-promise\]$/m);
    assert.match(stderr, /2 task files checked: 1 error, 1 warning\.\n$/);

    const quiet = await workspace.run("check", "--quiet");
    assert.deepEqual([quiet.code, quiet.stdout.trimEnd().split("\n").length], [1, 1]);
    assert.match(quiet.stdout, /: error: /);
    await workspace.write("background-tasks.config.json", '{ "checks": { "missing-result": "off" } }');
    assert.deepEqual((await workspace.run("check", "--quiet")).code, 0);
    assert.deepEqual((await workspace.run("check", "--max-warnings", "1")).code, 0);
    assert.deepEqual((await workspace.run("check", "--max-warnings", "0")).code, 1);

    await workspace.write("background-tasks.config.json", '{ "checks": { "missing-result": "off", "floating-promise": "information" } }');
    const found = await workspace.json<DiagnosticsJson>(0, "check");
    diagnosticsDocument(found, "check");
    assert.deepEqual(
      found.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
      ["information floating-promise"],
    );
  });

  it("refuses severities of checks that do not exist: exit code 2", async () => {
    await workspace.write("background-tasks.config.json", '{ "checks": { "equal-rank": "off" } }');
    const { code, stderr } = await workspace.run("check");
    assert.equal(code, 2);
    assert.match(stderr, /unknown check "equal-rank"\. Did you mean equal-ranks\?/);
  });

  it("reports once what shows in the text and when it is executed", async () => {
    const lines = [
      'import { BackgroundTaskEx, cron, ScheduledProcess } from "background-task-ex";',
      "export class Clock extends ScheduledProcess {",
      "  constructor(readonly clock: { now(): number }) {",
      "    super();",
      "    clock.now();",
      "  }",
      "  getNextOccurrence() { return null; }",
      '  async process() { return ""; }',
      "}",
    ];
    await workspace.write("clock.task.ts", lines.join("\n"));
    await workspace.write(
      "never.task.ts",
      `${lines[0]}\nexport class Never extends BackgroundTaskEx {\n  static schedule = cron("61 * * * *");\n}\n`,
    );
    const { diagnostics } = await workspace.json<DiagnosticsJson>(1, "check");
    assert.deepEqual(
      diagnostics.map(({ file, line, code }) => [file, line, code].join(" ")),
      [`${workspace.path("clock.task.ts")} 2 class-not-usable`, `${workspace.path("never.task.ts")} 3 file-does-not-load`],
    );
  });

  it("reports a schedule whose class refuses the params of the tasks that it would create", async () => {
    const lines = [
      'import { BackgroundTaskEx, every } from "background-task-ex";',
      "const validate = ({ directory }) => (directory ? { value: { directory } } : { issues: [{ message: 'is missing', path: ['directory'] }] });",
      "export class EveryMinute extends BackgroundTaskEx {",
      "  static schedule = every(60_000);",
      '  static params = { "~standard": { version: 1, vendor: "own", validate } };',
      "}",
    ];
    await workspace.write("every-minute.task.js", lines.join("\n"));
    const { diagnostics } = await workspace.json<DiagnosticsJson>(1, "check");
    assert.deepEqual(
      diagnostics.map(({ line, code }) => `${line} ${code}`),
      ["3 class-not-usable"],
    );
    assert.match(diagnostics[0]?.message ?? "", /The schedule of EveryMinute cannot create tasks\..* params\.directory: is missing\./);
  });

  it("reads files that import JSON, as ticks execute them", async () => {
    await workspace.write("config.json", "{}");
    await workspace.write(
      "reads.task.ts",
      `import config from "./config.json";\nimport same from "./config.json" with { type: "json" };\n${MISTAKES}`,
    );
    const { diagnostics } = await workspace.json<DiagnosticsJson>(1, "check");
    assert.deepEqual(
      diagnostics.map(({ line, code }) => `${line} ${code}`),
      ["5 missing-result", "6 floating-promise"],
    );
  });

  it("names the files that it cannot analyse, and checks the others: exit code 1", async () => {
    await workspace.write("deep.task.ts", `export const deep = ${"[".repeat(600)}${"]".repeat(600)};\n`);
    await workspace.write("large.task.ts", `export const large = "${"x".repeat(300_000)}";\n`);
    await workspace.write("mistakes.task.ts", MISTAKES);
    const { diagnostics } = await workspace.json<DiagnosticsJson>(1, "check");
    assert.deepEqual(
      diagnostics.map(({ file, line, severity, code }) => [file, line, severity, code].join(" ")),
      [
        `${workspace.path("deep.task.ts")} 1 warning not-analysed`,
        `${workspace.path("large.task.ts")} 1 warning not-analysed`,
        `${workspace.path("mistakes.task.ts")} 3 error missing-result`,
        `${workspace.path("mistakes.task.ts")} 4 warning floating-promise`,
      ],
    );
    await workspace.write("background-tasks.config.json", '{ "checks": { "not-analysed": "off" } }');
    assert.equal((await workspace.json<DiagnosticsJson>(1, "check")).diagnostics.length, 2);
  });

  it("prints SARIF 2.1.0 for code scanning: paths from the workspace, levels, a page of help for each rule", async () => {
    await workspace.write("my mistakes.task.ts", MISTAKES);
    const { code, stdout } = await workspace.run("check", "--sarif");
    assert.equal(code, 1);
    const { version, runs } = JSON.parse(stdout);
    assert.equal(version, "2.1.0");
    const [{ tool, results, originalUriBaseIds, columnKind }] = runs;
    assert.equal(columnKind, "utf16CodeUnits");
    assert.deepEqual(originalUriBaseIds, { WORKSPACE: { uri: `${pathToFileURL(workspace.directory).href}/` } });
    assert.deepEqual(
      results.map(({ message: _message, ...result }: { readonly message: unknown }) => result),
      [
        ["missing-result", "error", 3, 9],
        ["floating-promise", "warning", 4, 5],
      ].map(([ruleId, level, startLine, startColumn]) => ({
        ruleId,
        ruleIndex: tool.driver.rules.findIndex(({ id }: { readonly id: string }) => id === ruleId),
        level,
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "my%20mistakes.task.ts", uriBaseId: "WORKSPACE" },
              region: { startLine, startColumn },
            },
          },
        ],
      })),
    );
    for (const rule of tool.driver.rules) {
      assert.deepEqual(Object.keys(rule), ["id", "shortDescription", "helpUri", "defaultConfiguration"]);
      assert.match(rule.helpUri, /^https:/);
    }
    for (const { message } of results) assert.equal(typeof message.text, "string");
  });

  it("writes paths as URIs, and columns in UTF-16, as SARIF wants them", async () => {
    const said = MISTAKES.replace("    this.checkpoint", '    const said = "𠮷é"; this.checkpoint').replaceAll(
      /Work|Task(?=\b| extends)/g,
      "$&Ü",
    );
    await workspace.write("50% of #1 größe [a]&b.task.ts", said);
    const { code, stdout } = await workspace.run("check", "--sarif");
    assert.equal(code, 1);
    const [{ results }] = JSON.parse(stdout).runs;
    assert.deepEqual(
      results.map(
        ({ locations: [{ physicalLocation }] }: { readonly locations: readonly [{ readonly physicalLocation: unknown }] }) =>
          physicalLocation,
      ),
      [
        [3, 9],
        [4, 25],
      ].map(([startLine, startColumn]) => ({
        artifactLocation: { uri: "50%25%20of%20%231%20gr%C3%B6%C3%9Fe%20%5Ba%5D%26b.task.ts", uriBaseId: "WORKSPACE" },
        region: { startLine, startColumn },
      })),
    );
  });

  it("prints one document only: --json and --sarif exclude each other", async () => {
    const { code, stderr } = await workspace.run("check", "--sarif", "--json");
    assert.equal(code, 2);
    assert.match(stderr, /--sarif and --json cannot be combined/);
  });

  it("executes no task", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.run("check");
    assert.match((await workspace.run("list")).stdout, /Count +new/);
  });
});
