import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, truncate, utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LoadProblem } from "../../../server/worker/loading/index.ts";
import { programPath } from "../../support/program-path.ts";
import { LoadableFolder, shippedEngine } from "./loadable-folder.ts";

interface Outcome {
  readonly classes: readonly string[];
  readonly problems: readonly LoadProblem[];
  readonly usedEsbuild: boolean;
}

const FILES = {
  "package.json": "{}",
  "tsconfig.json": '{ "extends": "./config/base.json" }',
  "config/base.json": '{ "compilerOptions": { "strict": true } }',
  "lib/shared.ts": 'import data from "./data.json"; export const shared = data.text;',
  "lib/data.json": '{ "text": "one" }',
  "a.task.ts": `import { BackgroundTaskEx } from "background-task-ex"; import { shared } from "./lib/shared"; import { tool } from "tool";
    export class A extends BackgroundTaskEx { static text = shared + tool; }`,
  "nested/b.task.ts": `import { BackgroundTaskEx } from "background-task-ex"; export class B extends BackgroundTaskEx {}`,
  "node_modules/tool/package.json": '{ "name": "tool", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  "node_modules/tool/index.js": "export const tool = 1;",
};

describe("the bundle of task files", () => {
  let workspace: LoadableFolder;
  beforeEach(async () => {
    workspace = await LoadableFolder.create(FILES);
  });
  afterEach(() => workspace.remove());

  /** Loads the workspace in a process of its own. */
  async function loadElsewhere(): Promise<Outcome> {
    const { stdout } = await promisify(execFile)(process.execPath, [
      programPath("worker/loading/load"),
      workspace.directory,
      shippedEngine,
    ]);
    return JSON.parse(stdout);
  }

  /** Loads the workspace here; tells if the bundle was made for that. */
  async function load(): Promise<Pick<Outcome, "classes" | "problems"> & { readonly isNew: boolean }> {
    const manifest = join(workspace.cache, "manifest.json");
    const before = existsSync(manifest) ? (await stat(manifest)).mtimeMs : undefined;
    const { classes, problems } = await workspace.load();
    const names = classes.map((found) => (found.class as { readonly name: string }).name);
    return { classes: names, problems, isNew: existsSync(manifest) && (await stat(manifest)).mtimeMs !== before };
  }

  const bundles = async () =>
    (await readdir(workspace.cache, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);

  it("is made once, and found by later processes without loading esbuild", async () => {
    const first = await loadElsewhere();
    assert.deepEqual(first, { ...first, classes: ["A", "B"], problems: [], usedEsbuild: true });
    const second = await loadElsewhere();
    assert.deepEqual(second, { ...second, classes: ["A", "B"], problems: [], usedEsbuild: false });
    assert.equal((await bundles()).length, 1);
  });

  it("is one that js-debug can bind breakpoints in: modules beside maps of relative sources", async () => {
    await load();
    const directory = join(workspace.cache, (await bundles())[0] ?? "");
    for (const [module, source] of [
      ["a.task.ts.mjs", "a.task.ts"],
      ["nested/b.task.ts.mjs", "nested/b.task.ts"],
    ] as const) {
      assert.match(await readFile(join(directory, module), "utf8"), /\n\/\/# sourceMappingURL=\w\.task\.ts\.mjs\.map\n$/);
      const map: { readonly sources: readonly string[] } = JSON.parse(await readFile(join(directory, `${module}.map`), "utf8"));
      assert.ok(map.sources.some((path) => join(directory, module, "..", path) === workspace.path(source)));
    }
  });

  for (const [what, change] of [
    ["a task file is edited", { "a.task.ts": FILES["a.task.ts"].replaceAll("A ", "C ") }],
    ["a file that it imports is edited", { "lib/shared.ts": "export const shared = 'two';" }],
    ["a file that that one imports is edited", { "lib/data.json": '{ "text": "two" }' }],
    ["a task file is added", { "c.task.ts": FILES["nested/b.task.ts"].replace("class B", "class C") }],
    ["tsconfig.json is edited", { "tsconfig.json": "{}" }],
    ["what tsconfig.json extends is edited", { "config/base.json": "{}" }],
    ["a nearer tsconfig.json is added", { "nested/tsconfig.json": "{}" }],
    ["package.json is edited", { "package.json": '{ "sideEffects": false }' }],
    ["a file is added that is now meant by an import", { "lib/shared.tsx": "export const shared = 'x';" }],
    ["a package is updated", { "node_modules/tool/package.json": FILES["node_modules/tool/package.json"].replace("1.0.0", "1.0.1") }],
    ["a nearer package is installed", { "nested/node_modules/background-task-ex/package.json": "{}" }],
  ] as const) {
    it(`is made again when ${what}`, async () => {
      await load();
      await workspace.writeAll(change);
      const changed = await load();
      assert.deepEqual(changed.problems, []);
      assert.equal(changed.isNew, true);
      assert.equal((await load()).isNew, false);
    });
  }

  it("is made again when a task file is deleted, or what it imports is", async () => {
    await load();
    await rename(workspace.path("nested/b.task.ts"), workspace.path("nested/b.ts"));
    assert.deepEqual((await load()).classes, ["A"]);
    await rename(workspace.path("lib/data.json"), workspace.path("lib/other.json"));
    const broken = await load();
    assert.deepEqual(broken.classes, []);
    assert.equal(broken.problems[0]?.file, workspace.path("lib/shared.ts"));
  });

  it("is not made again for what has nothing to do with it", async () => {
    await load();
    await workspace.writeAll({
      "lib/readme.md": "",
      "nested/output.json": "{}",
      "data/x.csv": "",
      "node_modules/other/package.json": "{}",
    });
    const now = new Date();
    await utimes(workspace.path("a.task.ts"), now, now);
    assert.equal((await load()).isNew, false);
  });

  it("is made again when the cache was deleted, or its manifest is damaged", async () => {
    await load();
    const [bundle = ""] = await bundles();
    await rename(join(workspace.cache, bundle), join(workspace.cache, "gone"));
    assert.equal((await load()).isNew, true);
    await workspace.writeAll({ ".background-tasks/cache/manifest.json": '{ "madeBy": ' });
    assert.equal((await load()).isNew, true);
    assert.equal((await load()).isNew, false);
  });

  it("is made again when a power cut has left only a part of it, with its manifest or without", async () => {
    await load();
    const [bundle = ""] = await bundles();
    await truncate(join(workspace.cache, bundle, "a.task.ts.mjs"));
    assert.deepEqual(await load(), { classes: ["A", "B"], problems: [], isNew: true });
    await rm(join(workspace.cache, bundle, "nested/b.task.ts.mjs"));
    await rm(join(workspace.cache, "manifest.json"));
    assert.deepEqual(await load(), { classes: ["A", "B"], problems: [], isNew: true });
  });

  it("is the same whoever makes it, also at the same time", async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, loadElsewhere));
    for (const outcome of outcomes) assert.deepEqual([outcome.classes, outcome.problems], [["A", "B"], []]);
    assert.equal((await bundles()).length, 1);
    assert.deepEqual(
      (await readdir(workspace.cache)).filter((name) => name.startsWith("new-")),
      [],
    );
    assert.equal((await loadElsewhere()).usedEsbuild, false);
  });

  it("stays while somebody may still import from it, and not for ever", async () => {
    const old: string[] = [];
    for (let i = 0; i < 6; i++) {
      await workspace.writeAll({ "lib/data.json": `{ "text": "${i}" }` });
      await load();
      const added = (await bundles()).filter((name) => !old.includes(name));
      assert.equal(added.length, 1);
      old.push(...added);
    }
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
    for (const [index, name] of old.entries())
      if (index !== 1) await utimes(join(workspace.cache, name), daysAgo(10 - index), daysAgo(10 - index));
    await workspace.writeAll({ "lib/data.json": '{ "text": "last" }' });
    await load();
    // The newest three, among them the one used today, whatever its age.
    assert.deepEqual(
      old.map((name) => existsSync(join(workspace.cache, name))),
      [false, true, false, false, false, true],
    );
    assert.equal((await bundles()).length, 3);
  });
});
