import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { LoadableFolder, shippedEngine } from "./loadable-folder.ts";

const task = (name: string, imports: string, value: string) =>
  `import { BackgroundTaskEx } from "background-task-ex";\n${imports}\nexport class ${name} extends BackgroundTaskEx { static value = ${value}; }`;

/** A package with a module for `import` and one for `require`, as many have. */
const dual = (name: string, version: string) => ({
  "package.json": JSON.stringify({
    name,
    version,
    exports: { ".": { module: "./bundler.js", import: "./index.mjs", require: "./index.cjs" } },
  }),
  "index.mjs": `export const version = "${version} for import"; export const url = import.meta.url;`,
  "index.cjs": `exports.version = "${version} for require";`,
  "bundler.js": `export const version = "${version} for bundlers";`,
});

const inDirectory = (directory: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text]));

describe("packages that task files import", () => {
  let workspace: LoadableFolder;
  beforeEach(async () => {
    workspace = await LoadableFolder.create();
  });
  afterEach(() => workspace.remove());

  async function values(): Promise<Readonly<Record<string, unknown>>> {
    const { classes, problems } = await workspace.load();
    assert.deepEqual(problems, []);
    return Object.fromEntries(
      classes.map(({ class: found }) => [(found as { name: string }).name, (found as unknown as { value: unknown }).value]),
    );
  }

  async function link(target: string, from: string): Promise<void> {
    await mkdir(dirname(workspace.path(from)), { recursive: true });
    await symlink(workspace.path(target), workspace.path(from), "junction");
  }

  it("are those that the importing file would get, not the cache", async () => {
    await workspace.writeAll({
      ...inDirectory("node_modules/tool", dual("tool", "1")),
      ...inDirectory("packages/app/node_modules/tool", dual("tool", "2")),
      "a.task.ts": task("A", 'import { version } from "tool";', "version"),
      "packages/app/b.task.ts": task(
        "B",
        'import { version } from "tool"; import { shared } from "../lib/shared.ts";',
        "[version, shared]",
      ),
      "packages/lib/shared.ts": 'import { version } from "tool"; export const shared = version;',
    });
    assert.deepEqual(await values(), { A: "1 for import", B: ["2 for import", "1 for import"] });
  });

  it("are loaded by Node from where they are, once, in the form that Node would choose", async () => {
    await workspace.writeAll({
      ...inDirectory("node_modules/tool", dual("tool", "1")),
      "node_modules/user/package.json": '{ "name": "user", "type": "module", "exports": "./index.js" }',
      "node_modules/user/index.js": 'export * as tool from "tool";',
      "a.task.ts": task("A", 'import * as tool from "tool"; import { tool as same } from "user";', "[tool.url, tool === same]"),
      "b.task.cjs": `const { BackgroundTaskEx } = require("background-task-ex");
        exports.B = class B extends BackgroundTaskEx { static value = [require("tool").version, require.resolve("tool")]; };`,
    });
    const file = (name: string) => workspace.path(`node_modules/tool/${name}`);
    assert.deepEqual(await values(), { A: [pathToFileURL(file("index.mjs")).href, true], B: ["1 for require", file("index.cjs")] });
  });

  it("are bundled when they are links to sources in a monorepo", async () => {
    await workspace.writeAll({
      "packages/lib/package.json": '{ "name": "@repo/lib", "exports": { ".": "./src/index.ts", "./deep/*": "./src/deep/*.ts" } }',
      "packages/lib/src/index.ts": 'import { version } from "tool"; export enum Level { High = 3 } export const lib = { version };',
      "packages/lib/src/deep/one.ts": 'export { lib } from "../index.ts"; export const where: string = import.meta.filename;',
      ...inDirectory("packages/lib/node_modules/tool", dual("tool", "of the library")),
      "packages/app/jobs/a.task.ts": task(
        "A",
        'import { lib, Level } from "@repo/lib"; import { lib as same, where } from "@repo/lib/deep/one";',
        "[lib, lib === same, Level.High, where]",
      ),
    });
    await link("packages/lib", "packages/app/node_modules/@repo/lib");
    assert.deepEqual(await values(), {
      A: [{ version: "of the library for import" }, true, 3, workspace.path("packages/lib/src/deep/one.ts")],
    });
  });

  it("are found through the links of pnpm", async () => {
    await workspace.writeAll({
      ...inDirectory("node_modules/.pnpm/tool@1/node_modules/tool", dual("tool", "1")),
      "a.task.ts": task("A", 'import { version, url } from "tool";', "[version, url]"),
    });
    await link("node_modules/.pnpm/tool@1/node_modules/tool", "node_modules/tool");
    const file = workspace.path("node_modules/.pnpm/tool@1/node_modules/tool/index.mjs");
    assert.deepEqual(await values(), { A: ["1 for import", pathToFileURL(file).href] });
  });

  it("may be named by what package.json and tsconfig.json define", async () => {
    await workspace.writeAll({
      "package.json":
        '{ "name": "me", "type": "module", "imports": { "#lib": "./lib/index.ts", "#tool": "tool" }, "exports": { "./own": "./lib/index.ts" } }',
      "tsconfig.json": '{ "compilerOptions": { /* as TypeScript has it */ "paths": { "~/*": ["./lib/*"] }, } }',
      "lib/index.ts": "export const lib: object = {};",
      ...inDirectory("node_modules/tool", dual("tool", "1")),
      "a.task.ts": task(
        "A",
        'import { lib as a } from "#lib"; import { lib as b } from "~/index"; import { lib as c } from "me/own"; import { version } from "#tool";',
        "[a === b, b === c, version]",
      ),
    });
    assert.deepEqual(await values(), { A: [true, true, "1 for import"] });
  });

  describe("background-task-ex", () => {
    const own = (text: string) => ({
      "node_modules/background-task-ex/package.json":
        '{ "name": "background-task-ex", "type": "module", "exports": { ".": "./dist/index.js" } }',
      "node_modules/background-task-ex/dist/index.js": text,
    });
    const WHICH = 'import * as tasks from "background-task-ex";';

    it("is the workspace's own where it has one", async () => {
      await workspace.writeAll({
        ...own(
          `const brand = Symbol.for("background-task-ex.task"); export class BackgroundTaskEx { static [brand] = true; } export const mine = true;`,
        ),
        "a.task.ts": task("A", WHICH, "tasks.mine"),
      });
      assert.deepEqual(await values(), { A: true });
    });

    it("is the engine's where it has none, for required modules too", async () => {
      const engine = await import(pathToFileURL(shippedEngine).href);
      await workspace.writeAll({
        "a.task.ts": task("A", WHICH, "tasks.BackgroundTaskEx"),
        "b.task.cjs":
          'const tasks = require("background-task-ex"); exports.B = class B extends tasks.BackgroundTaskEx { static value = tasks.BackgroundTaskEx; };',
      });
      assert.deepEqual(await values(), { A: engine.BackgroundTaskEx, B: engine.BackgroundTaskEx });
    });

    it("is never bundled, even as a link to its sources", async () => {
      await workspace.writeAll({
        "engine/package.json": '{ "name": "background-task-ex", "type": "module", "exports": "./index.js" }',
        "engine/index.js":
          'export class BackgroundTaskEx { static [Symbol.for("background-task-ex.task")] = true; } export const url = import.meta.url;',
        "a.task.ts": task("A", WHICH, "tasks.url"),
      });
      await link("engine", "node_modules/background-task-ex");
      assert.deepEqual(await values(), { A: pathToFileURL(workspace.path("engine/index.js")).href });
    });
  });
});
