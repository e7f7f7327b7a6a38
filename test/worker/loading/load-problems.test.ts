import assert from "node:assert/strict";
import type { LoadedClasses } from "../../../server/worker/loading/index.ts";
import { LoadableFolder } from "./loadable-folder.ts";

const HEALTHY = `import { BackgroundTaskEx } from "background-task-ex";
export class Healthy extends BackgroundTaskEx {}
`;

describe("a task file that does not load", () => {
  let workspace: LoadableFolder;
  beforeEach(async () => {
    // The test runner's own use of source maps would hide what is tested here.
    process.setSourceMapsEnabled(false);
    workspace = await LoadableFolder.create({ "healthy.task.ts": HEALTHY });
  });
  afterEach(async () => {
    process.setSourceMapsEnabled(true);
    await workspace.remove();
  });

  /** The problems of a workspace in which everything else loads. */
  async function problemsWith(files: Readonly<Record<string, string>>) {
    await workspace.writeAll(files);
    const loaded = await workspace.load();
    assert.deepEqual(namesOf(loaded), ["Healthy"]);
    return loaded.problems.map(({ file, line, column, message, during, taskFiles, name }) => ({
      at: [nameOf(file), line, column].filter((part) => part !== undefined).join(":"),
      message,
      during,
      taskFiles: taskFiles?.map(nameOf),
      ...(name ? { name } : {}),
    }));
  }
  const nameOf = (file: string) => file.slice(workspace.directory.length + 1).replaceAll("\\", "/");

  it("has a syntax error: tells the place, in characters", async () => {
    assert.deepEqual(await problemsWith({ "broken.task.ts": 'export const ok = 1;\n/* größer 👍 */ export const broken: = "x";\n' }), [
      { at: "broken.task.ts:2:38", message: 'Unexpected "=".', during: "build", taskFiles: ["broken.task.ts"] },
    ]);
  });

  it("imports a file with a syntax error: one problem of that file, with the task files that need it", async () => {
    const problems = await problemsWith({
      "lib/broken.ts": "export const broken = (1;\n",
      "lib/middle.ts": 'export * from "./broken.ts";',
      "a.task.ts": 'import "./lib/middle.ts"; import "./lib/broken.ts";',
      "b.task.ts": 'await import("./lib/broken.ts");',
    });
    assert.deepEqual(problems, [
      { at: "lib/broken.ts:1:25", message: 'Expected ")" but found ";".', during: "build", taskFiles: ["a.task.ts", "b.task.ts"] },
    ]);
  });

  it("imports what another file does not export", async () => {
    const [problem, ...others] = await problemsWith({
      "lib/names.ts": "export const one = 1;",
      "a.task.ts": 'import { one } from "./lib/names.ts";\nimport { two } from "./lib/names.ts";\nconsole.log(one, two);',
    });
    assert.deepEqual(others, []);
    assert.equal(problem?.at, "a.task.ts:2:10");
    assert.match(problem?.message ?? "", /^No matching export in "lib\/names.ts" for import "two"\./);
  });

  it("imports a file that is not there", async () => {
    assert.deepEqual(await problemsWith({ "a.task.ts": '\n  import { x } from "./missing.ts"; void x;' }), [
      { at: "a.task.ts:2:21", message: 'Cannot find a file for the import "./missing.ts".', during: "build", taskFiles: ["a.task.ts"] },
    ]);
  });

  it("imports a package that is not installed: tells how to install it", async () => {
    const files = {
      "packages/app/package.json": "{}",
      "pnpm-lock.yaml": "",
      "packages/app/a.task.ts": 'import x from "@scope/no-such/deep"; void x;',
    };
    const directory = workspace.path("packages/app");
    assert.deepEqual(await problemsWith(files), [
      {
        at: "packages/app/a.task.ts:1:15",
        message: `The package @scope/no-such (import "@scope/no-such/deep") is not installed. To install it: pnpm add @scope/no-such, in ${directory}.`,
        during: "build",
        taskFiles: ["packages/app/a.task.ts"],
      },
    ]);
  });

  for (const [manager, file, text, command] of [
    ["npm where nothing tells", "package.json", "{}", "npm i no-such"],
    ["npm", "npm-shrinkwrap.json", "{}", "npm i no-such"],
    ["Yarn", "yarn.lock", "", "yarn add no-such"],
    ["Yarn by the packageManager of package.json", "package.json", '{ "packageManager": "yarn@4.9.0" }', "yarn add no-such"],
    ["pnpm, by its lockfile", "pnpm-lock.yaml", "", "pnpm add no-such"],
    ["pnpm, by its workspace", "pnpm-workspace.yaml", "packages: []", "pnpm add no-such"],
    ["Bun", "bun.lock", "{}", "bun add no-such"],
    ["Bun before 1.2", "bun.lockb", "", "bun add no-such"],
    ["Deno", "deno.lock", "{}", "deno add npm:no-such"],
  ] as const) {
    it(`imports a package that is not installed, in a folder of ${manager}: tells its command`, async () => {
      const [problem] = await problemsWith({ [file]: text, "tasks/a.task.ts": 'import x from "no-such"; void x;' });
      assert.ok(problem?.message.endsWith(`To install it: ${command}, in ${workspace.path(".")}.`), problem?.message);
    });
  }

  it("may do without an optional package", async () => {
    await workspace.writeAll({
      "a.task.ts": `import { BackgroundTaskEx } from "background-task-ex";
        export const found = await import("no-such-package").catch((error) => error);
        let required; try { required = require("no-such-either"); } catch (error) { required = error; }
        export class A extends BackgroundTaskEx { static seen = [found, required].map(({ code, message }) => [code, message]); }`,
    });
    const { classes, problems } = await workspace.load();
    assert.deepEqual(problems, []);
    const seen = (classes[0]?.class as unknown as { readonly seen: readonly [string, string][] } | undefined)?.seen ?? [];
    assert.deepEqual(
      seen.map(([code]) => code),
      ["MODULE_NOT_FOUND", "MODULE_NOT_FOUND"],
    );
    assert.match(seen[0]?.[1] ?? "", /^The package no-such-package .* is not installed\..*\(imported by .*a\.task\.ts\)$/);
  });

  it("throws when it is imported: tells the place and the stack", async () => {
    await workspace.writeAll({
      "lib/settings.ts": "enum E { A }\nexport function read(): never {\n  throw new TypeError('no settings ' + E.A);\n}\n",
      "a.task.ts": 'import { read } from "./lib/settings.ts";\nread();\n',
    });
    const { problems } = await workspace.load();
    const [problem, ...others] = problems;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [problem?.file, problem?.line, problem?.column, problem?.name, problem?.message, problem?.during],
      [workspace.path("lib/settings.ts"), 3, 9, "TypeError", "no settings 0", "import"],
    );
    assert.deepEqual(problem?.taskFiles, [workspace.path("a.task.ts")]);
    assert.match(problem?.stack ?? "", /a\.task\.ts:2:1/);
  });

  it("rejects a top-level await", async () => {
    const [problem] = await problemsWith({
      "a.task.ts": "\n\nawait new Promise((_, reject) => setImmediate(() => reject(new RangeError('late'))));",
    });
    assert.deepEqual([problem?.at, problem?.name, problem?.message], ["a.task.ts:3:60", "RangeError", "late"]);
  });

  it("throws something that is no error", async () => {
    assert.deepEqual(await problemsWith({ "a.task.ts": "throw 'no'; export {};", "b.task.ts": "\n throw 'no'; export {};" }), [
      { at: "a.task.ts:1:1", message: "no", during: "import", name: "NonError", taskFiles: ["a.task.ts"] },
      { at: "b.task.ts:2:2", message: "no", during: "import", name: "NonError", taskFiles: ["b.task.ts"] },
    ]);
  });

  it("shares a module that throws: one problem with all task files that need it", async () => {
    const problems = await problemsWith({
      "lib/shared.ts": "export const x: number = 1;\nthrow new Error('shared');",
      "a.task.ts": 'import { x } from "./lib/shared.ts"; console.log(x);',
      "b.task.ts": 'import { x } from "./lib/shared.ts"; console.log(x);',
    });
    assert.deepEqual(problems, [
      { at: "lib/shared.ts:2:7", message: "shared", during: "import", name: "Error", taskFiles: ["a.task.ts", "b.task.ts"] },
    ]);
  });

  it("imports what a package does not export: tells the place of the import", async () => {
    const [problem, ...others] = await problemsWith({
      "node_modules/tool/package.json": '{ "name": "tool", "type": "module", "exports": "./index.js" }',
      "node_modules/tool/index.js": "export const one = 1;",
      "a.task.ts": '// a comment\nimport { one } from "tool";\nimport { two } from "tool";\nconsole.log(one, two);',
    });
    assert.deepEqual(others, []);
    assert.match(problem?.message ?? "", /does not provide an export named 'two'/);
    assert.equal(problem?.name, "SyntaxError");
    assert.equal(problem?.at, "a.task.ts:3:10");
  });

  it("is one of many: each is told, and the rest loads", async () => {
    const broken = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`broken-${10 + i}.task.ts`, `export const x${i} = ;`]));
    const problems = await problemsWith({ ...broken, "missing.task.ts": 'import { no } from "./healthy.task.ts"; void no;' });
    assert.deepEqual(problems.map((problem) => problem.taskFiles?.join()).sort(), [...Object.keys(broken), "missing.task.ts"].sort());
  });

  it("is understood again as soon as what it needs is there", async () => {
    await workspace.writeAll({ "a.task.ts": `import { x } from "tool"; console.assert(x); ${HEALTHY.replace("Healthy", "Tool")}` });
    assert.equal((await workspace.load()).problems.length, 1);
    await workspace.writeAll({
      "node_modules/tool/package.json": '{ "name": "tool", "type": "module", "exports": "./index.js" }',
      "node_modules/tool/index.js": "export const x = 1;",
    });
    const loaded = await workspace.load();
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual(namesOf(loaded).sort(), ["Healthy", "Tool"]);
  });
});

function namesOf({ classes }: LoadedClasses): string[] {
  return classes.map((found) => (found.class as { readonly name: string }).name);
}
