import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checking, checkWorkspace, DiskSources, type SourceHost, SourceModel } from "../../server/language/index.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { workspaceOf } from "./support/sources.ts";

const GOOD = "/w/good.task.ts";
const ODD = "/w/odd.task.ts";
const HEAD = 'import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";\n';
/** Has one finding: the action is in no list. */
const GOOD_TEXT = `${HEAD}export class Unused extends BackgroundTaskExAction<{}> { executeAction() { return true; } }\n`;

function findings(model: SourceModel): string[] {
  return checkWorkspace(model).map(({ file, range, severity, code }) => `${file} ${range.start.line + 1} ${severity} ${code}`);
}

describe("An import that names no source file", () => {
  let directory: string;
  beforeEach(() => {
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));

  for (const [what, specifier] of [
    ["a JSON file", '"./config.json"'],
    ["a JSON file with an attribute", '"./config.json" with { type: "json" }'],
    ["a folder", '"./folder"'],
    ["a path through a file", '"./config.json/more.ts"'],
    ["a name that no file system takes", '"./a\\0b.ts"'],
    ["a name that is too long", `"./${"long".repeat(2_000)}.ts"`],
  ]) {
    it(`is ${what}: the files are read and checked`, async () => {
      const file = join(directory, "good.task.ts");
      await mkdir(join(directory, "folder"));
      await writeFile(join(directory, "config.json"), "{}");
      await writeFile(file, `import config from ${specifier};\n${GOOD_TEXT}`);
      const model = new SourceModel(new DiskSources());
      model.taskFiles = [file];
      assert.deepEqual(findings(model), [`${file} 3 warning unreachable-action`]);
      assert.deepEqual(model.files(), [file]);
    });
  }
});

/** An odd file and a good one, of which one finding is known. */
function workspaceWith(odd: string, more: Readonly<Record<string, string>> = {}): SourceModel {
  return workspaceOf({ [GOOD]: GOOD_TEXT, [ODD]: odd, ...more }).model;
}

const nested = (count: number, open: string, inner: string, close: string) => open.repeat(count) + inner + close.repeat(count);

const DEEP: Readonly<Record<string, (count: number) => string>> = {
  brackets: (count) => `export const a = ${nested(count, "[", "1", "]")};`,
  parentheses: (count) => `export const a = ${nested(count, "(", "1", ")")};`,
  objects: (count) => `export const a = ${nested(count, "{ a: ", "1", " }")};`,
  blocks: (count) => `function f() { ${nested(count, "{", "", "}")} }`,
  "else-ifs": (count) => `function f(a) { ${Array.from({ length: count }, (_, index) => `if (a === ${index}) g();`).join(" else ")} }`,
  calls: (count) => `export const a = ${nested(count, "f(", "1", ")")};`,
  types: (count) => `export type A = ${nested(count, "Array<", "1", ">")};`,
  functions: (count) => `export const a = ${nested(count / 2, "() => { ", "", " }")};`,
  concatenations: (count) => `export const a = ${Array.from({ length: count }, (_, index) => `"${index}"`).join(" + ")};`,
  members: (count) => `export const a = b${".c".repeat(count)};`,
  templates: (count) => `export const a = ${nested(count / 2, "`${", "1", "}`")};`,
  negations: (count) => `export const a = ${"!".repeat(count)}1;`,
  conditionals: (count) => `export const a = ${"b ? c : ".repeat(count)}d;`,
  "half-written brackets": (count) => `export const a = ${"[(".repeat(count)}`,
};

describe("A file that is nested too deeply", () => {
  for (const [what, write] of Object.entries(DEEP)) {
    it(`costs itself, and says so: 8,000 ${what}`, () => {
      const model = workspaceWith(`${HEAD}${write(8_000)}\nexport class Odd extends BackgroundTaskEx<{}> {}\n`);
      assert.deepEqual(findings(model), [`${ODD} 1 warning not-analysed`]);
      assert.match(checkWorkspace(model)[0]?.message ?? "", /^Not analysed \(nested more than 500 levels deep\): .+\.$/);
      assert.deepEqual(
        model.classes().classes.map(({ name }) => name),
        ["Unused"],
      );
    });

    it(`is analysed with 200 ${what} in an action`, () => {
      const action = `export class Odd extends BackgroundTaskExAction<{}> { async executeAction() { ${write(200).replace("export ", "")} return true; } }`;
      const model = workspaceWith(`${HEAD}${action}\n`);
      assert.equal(model.file(ODD).unanalysed, undefined);
      assert.ok(findings(model).every((finding) => !finding.includes("not-analysed")));
    });
  }
});

describe("A file that is too large", () => {
  const large = `${HEAD}export class Large extends BackgroundTaskEx<{}> {}\n${"// data\n".repeat(40_000)}`;

  it("costs itself, and says so", () => {
    const model = workspaceWith(large);
    assert.deepEqual(findings(model), [`${ODD} 1 warning not-analysed`]);
    assert.match(checkWorkspace(model)[0]?.message ?? "", /^Not analysed \(larger than 256 KB\): .+\. Split it, or move its data .+\.$/);
  });

  it("is only information in a file that is imported, which may be data", () => {
    const model = workspaceOf({ [GOOD]: `import { Large } from "./large.ts";\n${GOOD_TEXT}`, "/w/large.ts": large }).model;
    assert.deepEqual(findings(model), ["/w/large.ts 1 information not-analysed"]);
  });

  it("is not read to its end", async () => {
    const directory = makeTemporaryDirectory();
    try {
      const file = join(directory, "large.task.ts");
      await writeFile(file, "x".repeat(20_000_000));
      assert.ok((new DiskSources().read(file)?.length ?? 0) < 2_000_000);
    } finally {
      removeDirectory(directory);
    }
  });
});

describe("A defect of ours while a file is read", () => {
  it("costs that file, and names it and the error", () => {
    const { sources } = workspaceOf({ [GOOD]: `import "./odd.task.ts";\n${GOOD_TEXT}`, [ODD]: HEAD });
    const host: SourceHost = {
      version: (file) => sources.version(file),
      read(file) {
        if (file === ODD) throw new TypeError("odd is not a function");
        return sources.read(file);
      },
    };
    const model = new SourceModel(host);
    model.taskFiles = [GOOD, ODD];
    assert.deepEqual(findings(model), [`${ODD} 1 warning not-analysed`]);
    const [{ message } = { message: "" }] = checkWorkspace(model);
    assert.match(
      message,
      /^Not analysed \(TypeError: odd is not a function at .*not-analysed\.test\.\S+\): .+ This is a bug in Background Tasks: please report it\.$/,
    );
    assert.equal(model.file(GOOD).classes.length, 1);
  });
});

describe("A file with very many classes", () => {
  /** Steps of work, which a language server does one after the other with time for other work in between. */
  function stepsOf(text: string): number {
    const { model } = workspaceOf({ [ODD]: text });
    let steps = 0;
    for (const _ of model.reading()) steps += 1;
    for (const _ of checking(model, ODD)) steps += 1;
    assert.equal(model.file(ODD).unanalysed, undefined);
    return steps;
  }

  it("is read and checked in several steps", () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `export class A${index} extends BackgroundTaskExAction<{}> {}\n`).join("");
    assert.ok(stepsOf(HEAD + text) > 10);
  });

  it("may have them all in one line of inheritance, of which the first 32 are known", () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `export class A${index + 1} extends A${index} {}\n`).join("");
    const { model } = workspaceOf({ [ODD]: `${HEAD}class A0 extends BackgroundTaskExAction<{}> {}\n${text}` });
    assert.equal(model.file(ODD).classes.filter(({ kind }) => kind === "action").length, 32);
    assert.deepEqual(
      findings(model).filter((finding) => finding.includes("not-analysed")),
      [],
    );
  });
});
