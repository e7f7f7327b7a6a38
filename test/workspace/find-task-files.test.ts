import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import fc from "fast-check";
import { glob } from "tinyglobby";
import { DEFAULT_INCLUDE, findTaskFiles } from "../../server/workspace/index.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { assertProperty } from "../support/thoroughness.ts";

const TASK_FILES = [
  "a.task.ts",
  "b.task.mts",
  "c.task.cts",
  "d.task.js",
  "deep/er/e.task.mjs",
  "deep/f.task.cjs",
  "node_modules_/g.task.ts",
  "x.y.task.ts",
];
const OTHER_FILES = [
  "a.task.d.ts",
  "a.task.tsx",
  "atask.ts",
  "task.ts",
  "a.task.json",
  "node_modules/p/a.task.ts",
  "deep/node_modules/p/a.task.ts",
  ".git/a.task.ts",
  ".background-tasks/cache/h/a.task.mjs",
  ".hidden/a.task.ts",
];

describe("finding task files", () => {
  let workspace: string;
  beforeEach(() => {
    workspace = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(workspace));

  async function write(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await writeFile(join(workspace, name), "");
    }
  }

  const find = async (include?: readonly string[]) =>
    (await findTaskFiles(workspace, include)).map((file) => relative(workspace, file).split(sep).join("/"));

  it("takes what is named like one, outside of packages, in a fixed order", async () => {
    await write(...OTHER_FILES, ...TASK_FILES);
    assert.deepEqual(await find(), TASK_FILES.toSorted());
  });

  it("finds the same by globs as by the quick look at names", async () => {
    await write(...OTHER_FILES, ...TASK_FILES);
    assert.deepEqual(await find([...DEFAULT_INCLUDE, "no/such/file"]), await find());
  });

  it("takes what the workspace includes, in packages and caches never", async () => {
    await write("jobs/a.ts", "jobs/b.ts", "jobs/node_modules/p/c.ts", "other/a.task.ts", ".config/jobs/d.ts");
    assert.deepEqual(await find(["jobs/**/*.ts", "!**/b.ts"]), ["jobs/a.ts"]);
    assert.deepEqual(await find([".config/**/*.ts"]), [".config/jobs/d.ts"]);
  });

  it("leaves out JavaScript that TypeScript was compiled to", async () => {
    await write("a.task.ts", "a.task.js", "b.task.mts", "b.task.mjs", "c.task.js");
    assert.deepEqual(await find(), ["a.task.ts", "b.task.mts", "c.task.js"]);
  });

  it("does not follow links in circles", async () => {
    await write("deep/a.task.ts");
    await symlink(workspace, join(workspace, "deep", "circle"), "junction");
    assert.deepEqual(await find(), ["deep/a.task.ts"]);
    assert.deepEqual(await find(["**/*.task.ts"]), ["deep/a.task.ts"]);
  });

  it("finds none where there is no directory", async () => {
    assert.deepEqual(await findTaskFiles(join(workspace, "missing")), []);
  });

  it("knows the globs of the globbing library that most tools use", async () => {
    const names = [...TASK_FILES, ...OTHER_FILES, "jobs/a.ts", "jobs/b.ts", "jobs/deep/c.ts", "jobs/[x].ts", ".config/jobs/d.ts", "a"];
    await write(...names);
    const same = async (include: readonly string[]) => {
      const theirs = await glob(include, {
        cwd: workspace,
        expandDirectories: false,
        ignore: ["**/node_modules/**", "**/.git/**", "**/.background-tasks/**"],
      });
      const twins = theirs.filter((file) => !theirs.includes(file.replace(/\.([mc]?)js$/, ".$1ts")) || !/js$/.test(file));
      assert.deepEqual(await find(include), twins.sort(), include.join(" "));
    };
    for (const include of [
      ["**/*.task.{ts,mts,cts,js,mjs,cjs}"],
      ["*"],
      ["**"],
      ["jobs/**"],
      ["jobs/*"],
      ["./jobs/**/*.ts"],
      ["jobs/*/"],
      ["**/jobs/**/*.ts"],
      ["jobs/?.ts"],
      ["jobs/[ab].ts", "jobs/[!ab].ts"],
      ["jobs/[^a].ts"],
      ["jobs/\\[x\\].ts"],
      ["{jobs,deep}/**/*.{ts,cjs}"],
      ["{jobs/deep,deep/er}/*"],
      ["**/{a,{b,c}}.ts"],
      ["@(jobs|deep)/**/*.@(ts|mjs)"],
      ["jobs/?(a|b).ts"],
      ["**/*(a|b).ts", "**/+(c|d).ts"],
      [".config/**"],
      ["**/*.ts", "!**/b.ts", "!jobs/deep/**"],
      ["**/*.ts", "!jobs"],
      ["jobs/a.ts", "x.y.task.ts"],
      ["**/node_modules/**/*.ts"],
      ["**/*a*.ts", "x*y*t*.ts"],
      ["jobs/***/*.ts", "j**/*.ts"],
    ])
      await same(include);
  });

  it("takes files outside of the folder, if they are named, and links to files", async () => {
    await write("inner/a.task.ts", "shared/b.task.ts", "shared/old/c.task.ts", "shared/node_modules/d.task.ts");
    await symlink(join(workspace, "shared/b.task.ts"), join(workspace, "inner/link.task.ts"));
    await symlink(join(workspace, "inner/circle.task.ts"), join(workspace, "inner/circle.task.ts"));
    const inner = join(workspace, "inner");
    const found = async (...include: readonly string[]) => (await findTaskFiles(inner, include)).map((file) => relative(workspace, file));
    assert.deepEqual(await found("../shared/**/*.task.ts", "!../shared/old/**"), [join("shared", "b.task.ts")]);
    assert.deepEqual(await found(`${workspace.split(sep).join("/")}/shared/*.task.ts`), [join("shared", "b.task.ts")]);
    assert.deepEqual(
      await found("**/*.task.ts", "*.task.ts"),
      ["a.task.ts", "link.task.ts"].map((name) => join("inner", name)),
    );
  });

  it("is not held up by any glob", async () => {
    await write(`${"a".repeat(60)}.task.ts`, `${"a/".repeat(60)}a.task.ts`);
    for (const glob of [
      `**/${"*a".repeat(30)}b.task.ts`,
      `${"**/*a*/".repeat(20)}b.task.ts`,
      `${"{a,b,*}".repeat(30)}.task.js`,
      `+(+(+(+(a|*)|*)|*)|*)b.task.ts`,
      `${"*(".repeat(40)}a${")".repeat(40)}b`,
      `**/${"{".repeat(60)}a,b${"}".repeat(60)}`,
      `**/${"[".repeat(199)}`,
    ]) {
      assert.deepEqual(await find([glob]), [], glob);
    }
  });

  it("is not held up by any glob that is made of special characters", async () => {
    await write(`${"ab".repeat(20)}.task.ts`, `${"a/b/".repeat(10)}a.task.ts`);
    const parts = fc.constantFrom(
      "*",
      "**",
      "/",
      "**/",
      "?",
      "a",
      "b",
      ".",
      "{",
      "}",
      ",",
      "(",
      ")",
      "|",
      "@(",
      "+(",
      "*(",
      "[",
      "]",
      "!",
      "-",
      "\\",
    );
    await assertProperty(
      fc.asyncProperty(
        fc.array(parts, { maxLength: 60 }),
        async (written) => void (await findTaskFiles(workspace, ["none", `a${written.join("")}`])),
      ),
      1_000,
    );
  });
});
