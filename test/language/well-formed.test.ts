import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checkWorkspace, type Finding } from "../../server/language/index.ts";
import { fixtureWorkspaces, modelOf } from "./support/fixture-workspaces.ts";

function told(findings: readonly Finding[]): string[] {
  return findings.map(({ file, range, code, message }) => `${file}:${range.start.line + 1}: ${code}: ${message}`);
}

describe("no false alarm", () => {
  const workspaces = fixtureWorkspaces("well-formed");

  it("is checked on thirty variants and more", () => assert.ok(workspaces.length >= 30, `${workspaces.length} variants`));

  for (const { name, files } of workspaces) {
    it(`on ${name.replace(/\.task\..*/, "").replaceAll("-", " ")}`, () => {
      const model = modelOf(files);
      for (const file of files) assert.equal(model.file(file).isHalfWritten, false, `${file} is written to its end`);
      assert.deepEqual(told(checkWorkspace(model)), []);
    });
  }

  it("on the sample tasks", () => {
    const samples = join(process.env.TEST_REPOSITORY ?? "", "sample-tasks");
    const files = readdirSync(samples)
      .filter((file) => file.endsWith(".task.ts"))
      .map((file) => join(samples, file));
    assert.ok(files.length >= 5);
    assert.deepEqual(told(checkWorkspace(modelOf(files))), []);
  });
});
