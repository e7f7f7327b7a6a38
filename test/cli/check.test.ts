import assert from "node:assert/strict";
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

  it("executes no task", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.run("check");
    assert.match((await workspace.run("list")).stdout, /Count +created/);
  });
});
