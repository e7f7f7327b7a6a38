import assert from "node:assert/strict";
import { checkWorkspace, ignoreFinding } from "../../server/language/index.ts";
import { applyEdits } from "./support/apply.ts";
import { workspaceOf } from "./support/sources.ts";

/** The text after the first fix. */
function fixed(text: string, file = "/w/a.task.ts"): string {
  const { model } = workspaceOf({ [file]: text });
  const [finding] = checkWorkspace(model);
  assert.ok(finding?.fix, "there is a fix");
  return applyEdits(text, finding.fix.changes[0]?.edits ?? []);
}

const file = (action: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from 'background-task-ex'
export class Task extends BackgroundTaskEx { static actions = [Work] }
export class Work extends BackgroundTaskExAction<{ names: string[] }> {
${action}
}
`;

describe("a quick fix is written as the file is", () => {
  for (const [what, before, after] of [
    [
      "without semicolons",
      "  async executeAction(deadline) {\n    await this.checkpoint()\n  }",
      "  async executeAction(deadline) {\n    await this.checkpoint()\n    return true\n  }",
    ],
    [
      "with tabs",
      "\tasync executeAction(deadline) {\n\t\tfor (const name of this.params.names) {\n\t\t\tawait fetch(name);\n\t\t}\n\t\treturn true;\n\t}",
      "\tasync executeAction(deadline) {\n\t\tfor (const name of this.params.names) {\n\t\t\tif (deadline.isReached()) return false;\n\t\t\tawait fetch(name);\n\t\t}\n\t\treturn true;\n\t}",
    ],
    [
      "into a loop without braces",
      "  async executeAction() {\n    for (const name of this.params.names)\n      await fetch(name);\n    return true;\n  }",
      "  async executeAction() {\n    for (const name of this.params.names) {\n      if (this.signal.aborted) return false;\n      await fetch(name);\n    }\n    return true;\n  }",
    ],
    [
      "into a loop of one line",
      "  async executeAction(limit) {\n    for (const name of this.params.names) await fetch(name);\n    return true;\n  }",
      "  async executeAction(limit) {\n    for (const name of this.params.names) { if (limit.isReached()) return false; await fetch(name); }\n    return true;\n  }",
    ],
    [
      "where the deadline has no name in the loop",
      "  async executeAction(deadline) {\n    for (const name of this.params.names) {\n      const deadline = 1;\n      await fetch(name + deadline);\n    }\n    return true;\n  }",
      "  async executeAction(deadline) {\n    for (const name of this.params.names) {\n      if (this.signal.aborted) return false;\n      const deadline = 1;\n      await fetch(name + deadline);\n    }\n    return true;\n  }",
    ],
  ] as const) {
    it(what, () => {
      assert.equal(fixed(file(before)), file(after));
      const crlf = (text: string) => file(text).replaceAll("\n", "\r\n");
      assert.equal(fixed(crlf(before)), crlf(after));
    });
  }

  it("with its quotes, and its way to import", () => {
    const imports = fixed(
      "import { BackgroundTaskEx, BackgroundTaskExAction } from 'background-task-ex'\nimport * as processes from 'node:child_process'\nexport class Work extends BackgroundTaskExAction {\n  async executeAction() {\n    processes.execSync('git gc')\n    return true\n  }\n}\nexport class Task extends BackgroundTaskEx { static actions = [Work] }\n",
    );
    assert.ok(
      imports.startsWith("import { promisify } from 'node:util'\nimport { exec } from 'node:child_process'\nimport { Back"),
      imports,
    );
    const requires = fixed(
      "const { BackgroundTaskEx, BackgroundTaskExAction } = require('background-task-ex')\nclass Work extends BackgroundTaskExAction {\n  async executeAction() {\n    return true\n  }\n}\nclass Task extends BackgroundTaskEx {\n  createActions() {\n    return [new Work({})]\n  }\n}\nmodule.exports = { Task }\n",
      "/w/a.task.cjs",
    );
    assert.ok(requires.endsWith("module.exports = { Task }\nmodule.exports.Work = Work\n"), requires);
  });

  it("and none puts a comment into a text of several lines", () => {
    const text = `import { execSync } from "node:child_process";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Work extends BackgroundTaskExAction {
  async executeAction() {
    this.task.message = \`a
    b \${execSync("c")}\`;
    return true;
  }
}
export class Task extends BackgroundTaskEx { static actions = [Work]; }
`;
    const { model } = workspaceOf({ "/w/a.task.ts": text });
    const [finding] = checkWorkspace(model);
    assert.equal(finding?.code, "blocking-process");
    assert.equal(ignoreFinding(model, finding), undefined);
  });
});
