import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const directory = ".github/workflows";
const texts = new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")]));
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

describe("The workflows of GitHub", () => {
  for (const [name, text] of texts) {
    it(`${name} runs only scripts that there are`, () => {
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((script) => manifest.scripts[script] === undefined),
        [],
      );
    });

    it(`${name} gives each job no more than reading the repository, unless the job says what for`, () => {
      assert.match(text, /^permissions:\n {2}contents: read\n/m);
    });
  }

  it("test the oldest Node that the package supports", () => {
    const [, oldest] = /^>=([\d.]+)$/.exec(manifest.engines.node) ?? [];
    assert.ok(texts.get("ci.yml")?.includes(`node: ["${oldest}", `), oldest);
    assert.ok(readFileSync("docs/support.md", "utf8").includes(`| ${oldest} |`));
  });
});
