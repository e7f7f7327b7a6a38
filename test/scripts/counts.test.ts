import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";

const { Counts } = await import(pathToFileURL(join(process.cwd(), "scripts/test/counts.mjs")).href);

describe("The end of a test run", () => {
  let directory: string;
  beforeEach(() => {
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));

  /** What is printed for parts that wrote such lines, and the exit code. */
  function endOf(parts: Readonly<Record<string, { readonly lines: readonly object[]; readonly isFine: boolean }>>) {
    const printed: string[] = [];
    const counts = new Counts(join(directory, "counts"), (line = "") => printed.push(line));
    for (const [name, { lines, isFine }] of Object.entries(parts)) {
      for (const line of lines) appendFileSync(counts.file(name), `${JSON.stringify(line)}\n`);
      counts.include(name, isFine);
    }
    const code: number = counts.finish();
    return { code, printed };
  }

  const passed = { passes: 2, failures: 0, pending: 0, failed: [] };
  const failed = { passes: 1, failures: 1, pending: 1, failed: [{ file: "test/store/inbox.test.ts", report: "The inbox is empty" }] };

  it("is the sum over all processes, in its last line", () => {
    assert.deepEqual(endOf({ "store 1 of 2": { lines: [passed], isFine: true }, client: { lines: [passed], isFine: true } }), {
      code: 0,
      printed: ["4 passed, 0 failed"],
    });
  });

  it("repeats failures with their files", () => {
    const { code, printed } = endOf({ store: { lines: [failed], isFine: false }, client: { lines: [passed], isFine: true } });
    assert.equal(code, 1);
    assert.match(printed.join("\n"), /test\/store\/inbox\.test\.ts\n {2}The inbox is empty/);
    assert.equal(printed.at(-1), "3 passed, 1 failed, 1 skipped");
  });

  it("does not repeat those of the only process, which has just printed them", () => {
    assert.deepEqual(endOf({ store: { lines: [failed], isFine: false } }).printed, ["1 passed, 1 failed, 1 skipped"]);
  });

  it("names a process that did not come to its end, as a failure", () => {
    const { code, printed } = endOf({ store: { lines: [], isFine: false }, client: { lines: [passed], isFine: true } });
    assert.equal(code, 1);
    assert.deepEqual(printed, ["store did not run to its end: see above.", "2 passed, 1 failed"]);
  });

  it("says so when no test was run", () => {
    assert.deepEqual(endOf({ store: { lines: [{ ...passed, passes: 0 }], isFine: true } }), {
      code: 1,
      printed: ["No test was run.", "0 passed, 0 failed"],
    });
  });

  it("says how thoroughly properties were tried, unless they all were", () => {
    const runs = (propertyRuns: number) => ({ store: { lines: [{ propertyRuns, allPropertyRuns: 1000 }, passed], isFine: true } });
    assert.deepEqual(endOf(runs(50)).printed, [
      "Properties were tried at 5 % of their runs. PROPERTY_RUNS=full tries all of them, as CI does.",
      "2 passed, 0 failed",
    ]);
    assert.deepEqual(endOf(runs(1000)).printed, ["2 passed, 0 failed"]);
  });
});
