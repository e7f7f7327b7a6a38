import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { DEFAULT_INCLUDE, findTaskFiles, taskFileMatcher } from "../../server/workspace/index.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";

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

  it("finds the same by the globbing library as by the quick look at names", async () => {
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

  it("says the same of a single path", async () => {
    const isTaskFile = taskFileMatcher(workspace);
    for (const name of TASK_FILES) assert.equal(isTaskFile(join(workspace, name)), true, name);
    for (const name of [...OTHER_FILES, "../a.task.ts"]) assert.equal(isTaskFile(join(workspace, name)), false, name);
    const isIncluded = taskFileMatcher(workspace, ["jobs/**/*.ts", "!**/b.ts"]);
    assert.deepEqual(
      ["jobs/a.ts", "jobs/b.ts", "a.task.ts"].map((name) => isIncluded(join(workspace, name))),
      [true, false, false],
    );
  });
});
