import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { lanesOf } = await import(pathToFileURL(join(process.cwd(), "scripts/test/lanes.mjs")).href);

interface Group {
  readonly name: string;
  readonly files: readonly string[];
}

describe("The processes that tests are run in", () => {
  const runner = Array.from({ length: 20 }, (_, index) => `test/runner/${index}.test.ts`);
  const store = ["test/store/inbox.test.ts", "test/store/large-store.timing.test.ts"];
  const lanes: { readonly sideBySide: readonly Group[]; readonly alone: readonly Group[] } = lanesOf([...store, ...runner]);

  it("are one for each suite, and several for a large one, which come first", () => {
    assert.deepEqual(
      lanes.sideBySide.map(({ name, files }) => `${name}: ${files.length}`),
      ["runner 1 of 3: 7", "runner 2 of 3: 7", "runner 3 of 3: 6", "store: 1"],
    );
  });

  it("leave what asserts times for when nothing else runs", () => {
    assert.deepEqual(lanes.alone, [{ name: "timing", files: ["test/store/large-store.timing.test.ts"] }]);
  });

  it("run each file once", () => {
    const files = [...lanes.sideBySide, ...lanes.alone].flatMap((group) => group.files);
    assert.deepEqual([...files].sort(), [...store, ...runner].sort());
  });
});
