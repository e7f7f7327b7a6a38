import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { allSuites, filesOf, suiteOf } = await import(pathToFileURL(join(process.cwd(), "scripts/test/suites.mjs")).href);

describe("CONTRIBUTING.md", () => {
  it("says of each suite what it tests", () => {
    const rows = readFileSync("CONTRIBUTING.md", "utf8").split("\n");
    const listed = rows.slice(rows.indexOf("| suite | tests | by |") + 2).flatMap((row) => row.split("|")[1]?.match(/\w+/g) ?? []);
    const files: readonly string[] = filesOf(process.cwd(), allSuites(process.cwd()), ".test.ts");
    assert.deepEqual(listed.sort(), [...new Set(files.map(suiteOf))].sort());
  });
});
