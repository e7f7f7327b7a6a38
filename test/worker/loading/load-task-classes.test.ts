import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { LoadedClasses } from "../../../server/worker/loading/index.ts";
import { LoadableFolder } from "./loadable-folder.ts";

const IMPORTS = 'import { BackgroundTaskEx, BackgroundTaskExAction, ScheduledProcess } from "background-task-ex";\n';

/** An action class that keeps a value where the test can see it. */
const action = (name: string, value = "undefined") =>
  `export class ${name} extends BackgroundTaskExAction { static value = ${value}; executeAction() { return true; } }\n`;

function namesOf({ classes }: LoadedClasses): string[] {
  return classes.map((found) => (found.class as { readonly name: string }).name);
}

function staticValue<Value>({ classes, problems }: LoadedClasses, name: string): Value {
  assert.deepEqual(problems, []);
  const found = classes.find((exported) => (exported.class as { readonly name: string }).name === name);
  assert.ok(found, `There is no class ${name}.`);
  return (found.class as unknown as { readonly value: Value }).value;
}

describe("loading task files", () => {
  const workspaces: LoadableFolder[] = [];
  const workspaceWith = async (files: Readonly<Record<string, string>>, name?: string) => {
    const workspace = await LoadableFolder.create(files, name);
    workspaces.push(workspace);
    return workspace;
  };
  // The test runner's own use of source maps would hide what is tested here.
  beforeEach(() => process.setSourceMapsEnabled(false));
  afterEach(async () => {
    process.setSourceMapsEnabled(true);
    for (const workspace of workspaces.splice(0)) await workspace.remove();
  });

  it("finds the exported classes of tasks, actions and processes, and nothing else", async () => {
    const workspace = await workspaceWith({
      "a.task.ts": `${IMPORTS}${action("Copy")}
        export class Backup extends BackgroundTaskEx { static readonly actions = [Copy]; }
        export class Sweep extends ScheduledProcess { getNextOccurrence() { return null; } async process() { return ""; } }
        class Hidden extends BackgroundTaskEx {}
        export const helper = () => Hidden; export class Plain {} export const nothing = null;`,
    });
    const { classes, problems } = await workspace.load();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      classes.map(({ class: found, file }) => [(found as { name: string }).name, file]),
      ["Backup", "Copy", "Sweep"].map((name) => [name, workspace.path("a.task.ts")]),
    );
  });

  it("is content with a workspace without task files", async () => {
    assert.deepEqual(namesOf(await (await workspaceWith({ "readme.md": "" })).load()), []);
  });

  it("takes a class that several files export for one, of the file that declares it", async () => {
    const workspace = await workspaceWith({
      "a.task.ts": `export { Shared } from "./z.task.ts"; export { Shared as Renamed } from "./z.task.ts";`,
      "z.task.ts": `${IMPORTS}\n${action("Shared")}`,
    });
    const loaded = await workspace.load();
    assert.deepEqual(namesOf(loaded), ["Shared"]);
    assert.equal(loaded.classes[0]?.file, workspace.path("z.task.ts"));
    assert.deepEqual(loaded.sourceOf("Shared"), { name: "Shared", file: workspace.path("z.task.ts"), line: 3 });
  });

  it("gives all task files the same instance of what they share", async () => {
    const workspace = await workspaceWith({
      "lib/counter.ts": "export const counter = { made: 0 }; counter.made++;",
      "a.task.ts": `${IMPORTS}import { counter } from "./lib/counter.ts"; ${action("A", "counter")}`,
      "b.task.mts": `${IMPORTS}import { counter } from "./lib/counter.js"; ${action("B", "counter")}`,
      "c.task.ts": `${IMPORTS}${action("C", 'import("./lib/counter.ts").then((module) => module.counter)')}`,
    });
    const loaded = await workspace.load();
    assert.equal(staticValue(loaded, "A"), staticValue(loaded, "B"));
    assert.equal(staticValue(loaded, "A"), await staticValue<Promise<unknown>>(loaded, "C"));
    assert.deepEqual(staticValue(loaded, "A"), { made: 1 });
  });

  it("loads every kind of module", async () => {
    const commonJs = (name: string) =>
      `const { BackgroundTaskExAction } = require("background-task-ex"); const { join } = require("path");
       exports.${name} = class ${name} extends BackgroundTaskExAction { static value = join("a", "b"); };`;
    const workspace = await workspaceWith({
      "a.task.ts": IMPORTS + action("A"),
      "b.task.mts": IMPORTS + action("B"),
      "c.task.cts": `import tasks = require("background-task-ex"); namespace Kept { export const value = 3; }
        class C extends tasks.BackgroundTaskExAction { static value = Kept.value; executeAction() { return true; } } export = { C };`,
      "d.task.js": IMPORTS + action("D"),
      "e.task.mjs": IMPORTS + action("E"),
      "f.task.cjs": commonJs("F"),
      "g.task.js": commonJs("G"),
    });
    const loaded = await workspace.load();
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual(namesOf(loaded), ["A", "B", "C", "D", "E", "F", "G"]);
  });

  it("understands what TypeScript adds to JavaScript, and JSON", async () => {
    const workspace = await workspaceWith({
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
      "lib/numbers.ts": "export enum Numbers { One = 1, Two = One + 1 }\nexport const enum Inlined { Ten = 10 }",
      "settings.json": '{ "name": "from JSON" }',
      "a.task.ts": `${IMPORTS}import { Numbers, Inlined, type Missing } from "@lib/numbers.ts"; import settings from "./settings.json" with { type: "json" };
        import { readFile, type FileHandle } from "fs/promises";
        const resource = { closed: false, [Symbol.dispose]() { this.closed = true; } };
        { using open = resource; }
        const answer: Missing | number = await Promise.resolve(Numbers.Two satisfies number);
        ${action("A", "{ answer, ten: Inlined.Ten, name: settings.name, closed: resource.closed, readFile: typeof readFile }")}`,
    });
    assert.deepEqual(staticValue(await workspace.load(), "A"), {
      answer: 2,
      ten: 10,
      name: "from JSON",
      closed: true,
      readFile: "function",
    });
  });

  it("keeps the names of classes, whatever the bundler calls them", async () => {
    const workspace = await workspaceWith({
      "a.task.ts": `${IMPORTS}const helper = 1; ${action("A", "A.name + helper")}`,
      "b.task.ts": `${IMPORTS}import "./a.task.ts"; import { A as Other } from "./a.task.ts"; const keep = [Other]; ${action("A", "[A.name, keep.length]")}`,
    });
    const loaded = await workspace.load();
    assert.deepEqual(namesOf(loaded), ["A", "A"]);
  });

  it("imports one file after the other in the order of their names, and tells which", async () => {
    const order = "(globalThis.__order ??= []).push";
    const workspace = await workspaceWith({
      "b.task.mjs": `await new Promise((resolve) => setImmediate(resolve)); ${order}("b");`,
      "a.task.mjs": `await new Promise((resolve) => setTimeout(resolve, 5)); ${order}("a");`,
      "c/c.task.mjs": `${order}("c");`,
    });
    const told: string[] = [];
    await workspace.load({ onImport: (file) => told.push(file) });
    assert.deepEqual((globalThis as unknown as { __order: string[] }).__order, ["a", "b", "c"]);
    assert.deepEqual(
      told,
      ["a.task.mjs", "b.task.mjs", "c/c.task.mjs"].map((name) => workspace.path(name)),
    );
  });

  it("does not import what is known to be unusable", async () => {
    const workspace = await workspaceWith({ "a.task.ts": "process.exit(3);", "b.task.ts": IMPORTS + action("B") });
    const problem = { file: workspace.path("a.task.ts"), message: "It ended the process.", during: "import" as const };
    const loaded = await workspace.load({ unusable: [problem] });
    assert.deepEqual(namesOf(loaded), ["B"]);
    assert.deepEqual(loaded.problems, [problem]);
  });

  it("names files as the workspace is named, even if that is a link", async () => {
    const workspace = await workspaceWith({
      "a.task.ts": IMPORTS + action("A"),
      "b.task.ts": "throw new Error('b');",
      "c.task.ts": "let = ;",
    });
    const link = `${workspace.directory}-link`;
    await symlink(workspace.directory, link, "junction");
    const { classes, problems, sourceOf } = await workspace.load({ workspace: link, cacheDirectory: `${link}/.background-tasks/cache` });
    assert.equal(classes[0]?.file, `${link}/a.task.ts`);
    assert.equal(sourceOf("A")?.file, `${link}/a.task.ts`);
    assert.deepEqual(
      problems.map(({ file, line, column }) => [file, line, column]),
      [
        [`${link}/c.task.ts`, 1, 7],
        [`${link}/b.task.ts`, 1, 7],
      ],
    );
  });

  describe("tells a source where it is:", () => {
    const expected = (workspace: LoadableFolder, name: string) => {
      const file = workspace.path(name);
      return { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) };
    };

    it("a module", async () => {
      const name = "nested dir #1%/a.task.ts";
      const workspace = await workspaceWith({
        [name]: `${IMPORTS}${action("A", "{ url: import.meta.url, filename: import.meta.filename, dirname: import.meta.dirname }")} // the end`,
      });
      assert.deepEqual(staticValue(await workspace.load(), "A"), expected(workspace, name));
    });

    it("a module that handles import.meta as a whole, or resolves by it", async () => {
      const workspace = await workspaceWith({
        "a.task.ts": `${IMPORTS}const { url } = import.meta; ${action("A", '[url, import.meta.resolve("./b.txt"), import.meta.resolve("fs"), typeof import.meta]')}`,
      });
      const url = (name: string) => pathToFileURL(workspace.path(name)).href;
      assert.deepEqual(staticValue(await workspace.load(), "A"), [url("a.task.ts"), url("b.txt"), "node:fs", "object"]);
    });

    it("a module with names of its own for that", async () => {
      const workspace = await workspaceWith({
        "a.task.ts": `${IMPORTS}import { fileURLToPath } from "node:url"; import { createRequire } from "node:module"; import { dirname } from "node:path";
          const require = createRequire(import.meta.url); const __filename = fileURLToPath(import.meta.url); const __dirname = dirname(__filename);
          ${action("A", '[__filename, __dirname, require("./data.json").n]')}`,
        "data.json": '{ "n": 1 }',
      });
      assert.deepEqual(staticValue(await workspace.load(), "A"), [workspace.path("a.task.ts"), workspace.directory, 1]);
    });

    it("a helper that several task files share", async () => {
      const workspace = await workspaceWith({
        "lib/deep/where.ts": "export const where = import.meta.filename;",
        "a.task.ts": `${IMPORTS}import { where } from "./lib/deep/where.ts"; ${action("A", "where")}`,
        "b.task.ts": `${IMPORTS}import { where } from "./lib/deep/where.ts"; ${action("B", "where + import.meta.filename")}`,
      });
      const loaded = await workspace.load();
      assert.equal(staticValue(loaded, "A"), workspace.path("lib/deep/where.ts"));
      assert.equal(staticValue(loaded, "B"), workspace.path("lib/deep/where.ts") + workspace.path("b.task.ts"));
    });

    for (const name of ["a.task.cjs", "a.task.js", "a.task.cts"]) {
      it(`CommonJS in ${name}`, async () => {
        const workspace = await workspaceWith({
          [name]: `"use strict"; const { BackgroundTaskExAction } = require("background-task-ex");
            module.exports.A = class A extends BackgroundTaskExAction {
              static value = { filename: __filename, dirname: __dirname, isMain: require.main === module, beside: require("./beside.cjs") };
            };`,
          "beside.cjs": "module.exports = __filename;",
        });
        assert.deepEqual(staticValue(await workspace.load(), "A"), {
          filename: workspace.path(name),
          dirname: workspace.directory,
          isMain: false,
          beside: workspace.path("beside.cjs"),
        });
      });
    }
  });
});
