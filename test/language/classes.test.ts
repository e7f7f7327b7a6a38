import assert from "node:assert/strict";
import { type ClassModel, checkWorkspace } from "../../server/language/index.ts";
import { workspaceOf } from "./support/sources.ts";

const IMPORT = 'import { BackgroundTaskEx, BackgroundTaskExAction, ScheduledProcess, weekly } from "background-task-ex";\n';
const ACTION = "{ async executeAction() { return true; } }";

function brief({ name, kind, isAbstract, exportNames }: ClassModel): string {
  return [isAbstract ? "abstract" : "", kind ?? "none", name, exportNames.length > 0 ? `as ${exportNames.join(", ")}` : ""]
    .filter(Boolean)
    .join(" ");
}

function classesIn(files: Readonly<Record<string, string>>, file = "/w/a.task.ts"): string[] {
  return workspaceOf(files).model.file(file).classes.map(brief);
}

describe("classes of a task file", () => {
  it("are tasks, actions, processes or none of them, by what they extend", () => {
    const text = `${IMPORT}
      export class A extends BackgroundTaskExAction ${ACTION}
      export class T extends BackgroundTaskEx { static readonly actions = [A]; }
      export class P extends ScheduledProcess {}
      export class N {}
      export class M extends Map {}`;
    assert.deepEqual(classesIn({ "/w/a.task.ts": text }), ["action A as A", "task T as T", "process P as P", "none N as N", "none M as M"]);
  });

  for (const [what, text, expected] of [
    ["exported later, under another name", `class A extends BackgroundTaskExAction ${ACTION}\nexport { A as B, A };`, ["action A as B, A"]],
    ["exported by default", `export default class A extends BackgroundTaskExAction ${ACTION}`, ["action A as default"]],
    ["exported by default without a name", `export default class extends BackgroundTaskExAction ${ACTION}`, ["action default as default"]],
    ["exported by default later", `class A extends BackgroundTaskExAction ${ACTION}\nexport default A;`, ["action A as default"]],
    ["in a variable", `export const A = class extends BackgroundTaskExAction ${ACTION};`, ["action A as A"]],
    ["in a variable, with a name of its own", `export const A = class B extends BackgroundTaskExAction ${ACTION};`, ["action B as A"]],
    ["not exported", `class A extends BackgroundTaskExAction ${ACTION}`, ["action A"]],
    ["abstract", `export abstract class A extends BackgroundTaskExAction {}`, ["abstract action A as A"]],
    [
      "subclassed in the file",
      `abstract class Base<P> extends BackgroundTaskExAction<P> {}\nexport class A extends Base<{ n: number }> ${ACTION}`,
      ["abstract action Base", "action A as A"],
    ],
    ["extending what extends itself", "class A extends B {}\nclass B extends A {}", ["none A", "none B"]],
    ["extending a constant", `const Base = BackgroundTaskExAction;\nexport class A extends Base ${ACTION}`, ["action A as A"]],
    ["extending constants in a circle", "const A = B;\nconst B = A;\nexport class C extends A {}", ["none C as C"]],
  ] as const) {
    it(`are found when ${what}`, () => assert.deepEqual(classesIn({ "/w/a.task.ts": IMPORT + text }), expected));
  }

  for (const [what, importing] of [
    ["a namespace", `import * as tasks from "background-task-ex";\nexport class A extends tasks.BackgroundTaskExAction ${ACTION}`],
    ["another name", `import { BackgroundTaskExAction as Action } from "background-task-ex";\nexport class A extends Action ${ACTION}`],
    [
      "require",
      `const { BackgroundTaskExAction } = require("background-task-ex");\nclass A extends BackgroundTaskExAction ${ACTION}\nmodule.exports = { A };`,
    ],
    ["require of all", `const all = require("background-task-ex");\nexports.A = class A extends all.BackgroundTaskExAction ${ACTION};`],
    ["import =", `import all = require("background-task-ex");\nexport class A extends all.BackgroundTaskExAction ${ACTION}`],
  ] as const) {
    it(`are recognised when the base class is imported by ${what}`, () => {
      assert.deepEqual(classesIn({ "/w/a.task.ts": importing }), ["action A as A"]);
    });
  }

  it("follow base classes through other files, renamed, by default, by `export *` and in a circle", () => {
    const files = {
      "/w/base.ts": `${IMPORT}export abstract class Base extends BackgroundTaskExAction {}\nexport default Base;`,
      "/w/all.ts":
        'export * from "./circle.js";\nexport * from "./base.js";\nexport { Base as Renamed } from "./base.ts";\nexport * as inner from "./base";',
      "/w/circle.ts": 'export * from "./all";',
      "/w/a.task.ts": `import Default, { Base } from "./base.ts";
        import * as everything from "./all";
        import { Renamed } from "./all";
        export class A extends Base ${ACTION}
        export class B extends Default ${ACTION}
        export class C extends Renamed ${ACTION}
        export class D extends everything.Base ${ACTION}
        export class E extends everything.inner.Base ${ACTION}
        export class F extends everything.Missing ${ACTION}`,
    };
    assert.deepEqual(classesIn(files), [
      "action A as A",
      "action B as B",
      "action C as C",
      "action D as D",
      "action E as E",
      "none F as F",
    ]);
  });

  it("are exported by the task files that pass them on, and findable by being listed", () => {
    const { model } = workspaceOf({
      "/w/actions.ts": `${IMPORT}export class A extends BackgroundTaskExAction ${ACTION}\nexport class B extends BackgroundTaskExAction ${ACTION}\nexport class C extends BackgroundTaskExAction ${ACTION}`,
      "/w/a.task.ts": `${IMPORT}import { B } from "./actions";\nexport { A as Z } from "./actions";\nexport class T extends BackgroundTaskEx { static actions = [B]; }`,
    });
    const index = model.classes();
    const told = index.classes.map((found) => [found.name, index.exportsOf(found).map(({ name }) => name), index.isFindable(found)]);
    assert.deepEqual(told, [
      ["T", ["T"], true],
      ["A", ["Z"], true],
      ["B", [], true],
      ["C", [], false],
    ]);
  });

  it("tell where they, their names and their members are, in UTF-16 units of lines that end in any way", () => {
    const text = `${IMPORT}\r\n/** 🎈 */ export class T extends BackgroundTaskEx {\r\n  static readonly schedule = weekly({ days: ["mon"], at: "01:30" });\r\n  createActions() { return [new A({})]; }\n}\nexport class A extends BackgroundTaskExAction ${ACTION}`;
    const { model } = workspaceOf({ "/w/a.task.ts": text });
    const [task] = model.file("/w/a.task.ts").classes;
    assert.deepEqual(task?.range, { start: { line: 2, character: 10 }, end: { line: 5, character: 1 } });
    assert.deepEqual(task?.nameRange, { start: { line: 2, character: 23 }, end: { line: 2, character: 24 } });
    assert.deepEqual(task?.members.schedule, {
      range: { start: { line: 3, character: 2 }, end: { line: 3, character: 68 } },
      nameRange: { start: { line: 3, character: 18 }, end: { line: 3, character: 26 } },
      valueRange: { start: { line: 3, character: 29 }, end: { line: 3, character: 67 } },
    });
    assert.deepEqual(task?.members.createActions?.bodyRange, { start: { line: 4, character: 18 }, end: { line: 4, character: 41 } });
    assert.deepEqual(task?.createdActions, [
      { name: "A", file: "/w/a.task.ts", range: { start: { line: 4, character: 32 }, end: { line: 4, character: 33 } } },
    ]);
  });
});

describe("a workspace model", () => {
  const files = {
    "/w/base.ts": `${IMPORT}export abstract class Base extends BackgroundTaskExAction {}`,
    "/w/a.task.ts": `import { Base } from "./base";\nexport class A extends Base ${ACTION}`,
    "/w/b.task.ts": `${IMPORT}export class B extends BackgroundTaskExAction ${ACTION}`,
  };

  it("reads each file once, and again only what has changed", () => {
    const { model, sources } = workspaceOf(files);
    assert.equal(model.classes().classes.length, 3);
    assert.deepEqual([...sources.reads].sort(), ["/w/a.task.ts", "/w/b.task.ts", "/w/base.ts"]);
    model.classes();
    assert.equal(sources.reads.length, 3, "nothing is read for nothing");
    sources.write("/w/b.task.ts", files["/w/b.task.ts"].replace("class B", "class C"));
    assert.deepEqual(
      model
        .classes()
        .classes.map(({ name }) => name)
        .sort(),
      ["A", "Base", "C"],
    );
    assert.deepEqual(sources.reads.slice(3), ["/w/b.task.ts"]);
  });

  it("checks across files anew when a task file comes or goes", () => {
    const { model, sources } = workspaceOf({ "/w/a.task.ts": `${IMPORT}export class A extends BackgroundTaskEx {}` });
    const codes = () => checkWorkspace(model).map(({ file, code }) => `${file} ${code}`);
    assert.deepEqual(codes(), []);
    sources.write("/w/b.task.ts", `${IMPORT}export class A extends BackgroundTaskEx {}`);
    assert.deepEqual(codes(), [], "no task file yet");
    model.taskFiles = ["/w/a.task.ts", "/w/b.task.ts"];
    assert.deepEqual(codes(), ["/w/a.task.ts duplicate-class-name", "/w/b.task.ts duplicate-class-name"]);
    model.taskFiles = ["/w/a.task.ts"];
    assert.deepEqual(codes(), []);
  });

  it("knows a class anew when its base class changed in another file, came, or went", () => {
    const { model, sources } = workspaceOf(files);
    const kind = () => model.file("/w/a.task.ts").classes[0]?.kind;
    assert.equal(kind(), "action");
    sources.write("/w/base.ts", `${IMPORT}export abstract class Base extends BackgroundTaskEx {}`);
    assert.equal(kind(), "task");
    sources.remove("/w/base.ts");
    assert.equal(kind(), undefined);
    sources.write("/w/base/index.ts", files["/w/base.ts"]);
    assert.equal(kind(), "action");
  });
});
