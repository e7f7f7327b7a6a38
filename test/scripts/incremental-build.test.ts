import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = process.cwd();
const { IncrementalBuild } = await import(pathToFileURL(join(root, "scripts/test/incremental-build.mjs")).href);

describe("What is run again after a change", () => {
  const files = ["test/cli/tick.test.ts", "test/store/inbox.test.ts", "test/store/tick-mutex.test.ts", "test/language/pages.test.ts"];
  let build: { run(): Promise<boolean>; concernedBy(path: string): readonly string[]; dispose(): Promise<void> };
  before(async () => {
    build = await IncrementalBuild.create(root, join(process.env.TEST_BUILD ?? ".test-build", "incremental"), files);
    assert.equal(await build.run(), true);
  });
  after(() => build.dispose());

  for (const [what, path, concerned] of [
    ["a test", "test/store/inbox.test.ts", ["test/store/inbox.test.ts"]],
    ["what a test imports", "test/store/child-process.ts", ["test/store/tick-mutex.test.ts"]],
    [
      "a program that tests of the suite start",
      "test/store/processes/hold-mutex.program.ts",
      ["test/store/inbox.test.ts", "test/store/tick-mutex.test.ts"],
    ],
    ["a source that tests import, and others use as it is built", "server/store/index.ts", files],
    ["a source that only what is built uses", "server/cli/main.ts", ["test/cli/tick.test.ts", "test/language/pages.test.ts"]],
    ["a fixture", "test/language/fixtures/broken/new.task.ts", ["test/language/pages.test.ts"]],
    ["a page that is read", "docs/checks/float.md", ["test/language/pages.test.ts"]],
    ["another test", "test/store/new.test.ts", []],
  ] as const) {
    it(`is what depends on it: ${what}`, () => {
      assert.deepEqual(build.concernedBy(path), concerned);
    });
  }
});
