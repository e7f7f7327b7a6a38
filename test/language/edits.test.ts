import assert from "node:assert/strict";
import {
  addAction,
  addFirstAction,
  checkWorkspace,
  type Fix,
  fixAll,
  implementRecovery,
  isWithoutActions,
} from "../../server/language/index.ts";
import { applyEdits } from "./support/apply.ts";
import { workspaceOf } from "./support/sources.ts";

const FILE = "/w/compress-logs.task.ts";

/** The text after the edit, which must be written to its end and without a finding. */
function edited(text: string, edit: (given: ReturnType<typeof workspaceOf>["model"]) => Fix | undefined, file = FILE): string {
  const { model, sources } = workspaceOf({ [file]: text });
  const fix = edit(model);
  assert.ok(fix, "there is something to edit");
  const [change] = fix.changes;
  assert.equal(change?.file, file);
  const after = applyEdits(text, change.edits);
  sources.write(file, after);
  assert.equal(model.file(file).isHalfWritten, false, after);
  assert.deepEqual(checkWorkspace(model), [], after);
  return after;
}

function first(model: ReturnType<typeof workspaceOf>["model"], kind: "task" | "action", file = FILE) {
  const found = model.file(file).classes.find((declared) => declared.kind === kind);
  assert.ok(found, `a ${kind} is declared`);
  return found;
}

const ACTION = `export class CompressLogsAction extends BackgroundTaskExAction {
  async executeAction(deadline: Deadline) {
    while (!deadline.isReached()) {
      // One piece of work. Save in this.params what the next tick needs to know, and return true when everything is done.
      return true;
    }
    return false;
  }
}
`;

describe("Add action", () => {
  it("writes a first action and its task into an empty file, named by the file", () => {
    const expected = `import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";

${ACTION}
export class CompressLogs extends BackgroundTaskEx {
  static readonly actions = [CompressLogsAction];
}
`;
    assert.equal(
      edited("", (model) => addFirstAction(model, FILE)),
      expected,
    );
  });

  it("keeps what a file without classes has", () => {
    const text = 'import { join } from "node:path";\n\nconst LOGS = join("a", "b");';
    const after = edited(text, (model) => addFirstAction(model, FILE));
    assert.ok(
      after.startsWith('import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";\nimport { join }'),
      after,
    );
    assert.ok(after.includes('const LOGS = join("a", "b");\n\nexport class CompressLogsAction'), after);
  });

  it("gives an empty task class a list with a new action of the same params, before the comment of the task", () => {
    const text = `import { BackgroundTaskEx } from "background-task-ex";

/** Compresses. */
export class CompressLogs extends BackgroundTaskEx<{ directory: string }> {}
`;
    assert.equal(
      edited(text, (model) => addAction(model, first(model, "task"))),
      `import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";

${ACTION.replace("BackgroundTaskExAction {", "BackgroundTaskExAction<{ directory: string }> {")}
/** Compresses. */
export class CompressLogs extends BackgroundTaskEx<{ directory: string }> {
  static readonly actions = [CompressLogsAction];
}
`,
    );
  });

  for (const [what, member, expected] of [
    ["to a list that is there", "static readonly actions = [First];", "static readonly actions = [First, CompressLogsAction];"],
    [
      "to what createActions returns",
      "createActions() {\n    return [new First({})];\n  }",
      "return [new First({}), new CompressLogsAction(this.params)];",
    ],
    [
      "before other members",
      'static readonly onActionFailed = "stop";\n  ignore = [First];',
      "  static readonly actions = [CompressLogsAction];\n\n  static readonly onActionFailed",
    ],
  ] as const) {
    it(`adds the action ${what}`, () => {
      const text = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class First extends BackgroundTaskExAction {
  async executeAction() {
    return true;
  }
}
export class CompressLogs extends BackgroundTaskEx {
  ${member}
}
`;
      const after = edited(text, (model) => addAction(model, first(model, "task")));
      assert.ok(after.includes(expected), after);
    });
  }

  it("takes another name where its own is taken, and writes no types into JavaScript", () => {
    const text = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class AAction extends BackgroundTaskExAction {
\tasync executeAction() {
\t\treturn true;
\t}
}
export class A extends BackgroundTaskEx {
\tstatic actions = [AAction];
}
`;
    const file = "/w/a.task.mjs";
    const after = edited(text, (model) => addAction(model, first(model, "task", file)), file);
    assert.ok(
      after.includes("export class AAction2 extends BackgroundTaskExAction {\n\tasync executeAction(deadline) {\n\t\twhile"),
      after,
    );
    assert.ok(after.includes("[AAction, AAction2]"), after);
  });

  for (const [what, text] of [
    ["whose actions are listed out of sight", "export class Task extends BackgroundTaskEx { static readonly actions = listed(); }"],
    [
      "that makes its actions in several ways",
      "export class Task extends BackgroundTaskEx { createActions() { return Math.random() ? [] : [new Work({})]; } }",
    ],
    [
      "that inherits its actions",
      "class Base extends BackgroundTaskEx { static readonly actions = [Work]; }\nexport class Task extends Base {}",
    ],
  ] as const) {
    it(`leaves a task alone ${what}: the new action would not be executed, or others no more`, () => {
      const { model } = workspaceOf({ [FILE]: `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";\n${text}` });
      const task = model.file(FILE).classes.find(({ name }) => name === "Task");
      assert.equal(task?.kind, "task");
      assert.equal(addAction(model, task), undefined);
      assert.equal(isWithoutActions(model, task), false);
    });
  }

  it("is what a task without any action lacks", () => {
    const { model } = workspaceOf({
      [FILE]: `import { BackgroundTaskEx } from "background-task-ex";
class Nothing extends BackgroundTaskEx { static readonly actions = []; }
export class StillNothing extends Nothing { static readonly schedule = every(1_000); }
export class Lazy extends Nothing { getNextAction() { return null; } }`,
    });
    const without = model.file(FILE).classes.filter((task) => isWithoutActions(model, task));
    assert.deepEqual(
      without.map(({ name }) => name),
      ["Nothing", "StillNothing"],
    );
  });

  it("has nothing to do with classes that are no tasks, and files that have classes", () => {
    const { model } = workspaceOf({ [FILE]: "class A {}" });
    assert.equal(addFirstAction(model, FILE), undefined);
    const [other] = model.file(FILE).classes;
    assert.ok(other);
    assert.equal(addAction(model, other), undefined);
    assert.equal(implementRecovery(model, other), undefined);
  });
});

describe("Implement changeActionParamsOnError", () => {
  it("writes it before executeAction, with what it needs to be imported", () => {
    const text = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Work extends BackgroundTaskExAction {
  async executeAction() {
    return true;
  }
}
export class Task extends BackgroundTaskEx {
  static actions = [Work];
}
`;
    const after = edited(text, (model) => implementRecovery(model, first(model, "action")));
    const expected = `import { BackgroundTaskEx, BackgroundTaskExAction, type ActionError } from "background-task-ex";
export class Work extends BackgroundTaskExAction {
  async changeActionParamsOnError(error: ActionError) {
    // Change this.params so that the next attempt can succeed (a smaller chunk, the next file), and return true.
    this.task.message = \`Given up: \${error.message}\`;
    return false;
  }

  async executeAction() {
`;
    assert.ok(after.startsWith(expected), after);
  });

  it("is not offered to an action that inherits one", () => {
    const text = `import { BackgroundTaskExAction } from "background-task-ex";
abstract class Step extends BackgroundTaskExAction { changeActionParamsOnError() { return this.params.left-- > 0; } }
export class Work extends Step {}`;
    const { model } = workspaceOf({ [FILE]: text });
    const work = model.file(FILE).classes[1];
    assert.equal(work?.kind, "action");
    assert.equal(implementRecovery(model, work), undefined);
  });

  it("is not offered twice", () => {
    const { model } = workspaceOf({
      [FILE]: `import { BackgroundTaskExAction } from "background-task-ex";\nexport class Work extends BackgroundTaskExAction { changeActionParamsOnError() { return false; } }`,
    });
    assert.equal(implementRecovery(model, first(model, "action")), undefined);
  });
});

describe("Fixes made all at once", () => {
  const edit = (line: number, start: number, end: number, newText: string) => ({
    range: { start: { line, character: start }, end: { line, character: end } },
    newText,
  });
  const fix = (...edits: ReturnType<typeof edit>[]): Fix => ({ title: "Mend", changes: [{ file: FILE, edits }] });

  it("do once what several of them need, in the order of the text", () => {
    const shared = edit(0, 0, 0, "import");
    const [below, above] = [edit(5, 1, 3, "b"), edit(4, 0, 9, "a")];
    assert.deepEqual(fixAll([fix(below, shared), fix(shared, above)]), [{ file: FILE, edits: [shared, above, below] }]);
  });

  it("are none where one changes what another means, or where their order would count", () => {
    assert.equal(fixAll([fix(edit(1, 0, 9, "a")), fix(edit(1, 4, 5, "b"))]), undefined);
    assert.equal(fixAll([fix(edit(1, 4, 4, "a")), fix(edit(1, 4, 4, "b"))]), undefined);
    assert.ok(fixAll([fix(edit(1, 0, 4, "a")), fix(edit(1, 4, 4, "b"))]));
  });
});
