import assert from "node:assert/strict";
import { basename, dirname, join, relative } from "node:path";
import { checkWorkspace } from "../../server/language/index.ts";
import { applyEdits } from "./support/apply.ts";
import { errorsIn } from "./support/compile.ts";
import { fixtureWorkspaces, modelOf, textOf } from "./support/fixture-workspaces.ts";

describe("the quick fixes of checks", () => {
  it("leave files that compile as they did", () => {
    const files = new Map<string, string>();
    const fixes: { readonly title: string; readonly before: string; readonly after: string }[] = [];
    for (const { files: originals } of fixtureWorkspaces("broken")) {
      const root = dirname(originals.reduce((one, other) => (one.length <= other.length ? one : other)));
      const copy = (number: number, file: string) => join(root, `copy ${number}`, basename(root), relative(root, file));
      const add = (number: number, changed: ReadonlyMap<string, string> = new Map()) => {
        for (const file of originals) files.set(copy(number, file), changed.get(file) ?? textOf(file));
      };
      const original = files.size;
      add(original);
      for (const { code, message, fix } of checkWorkspace(modelOf(originals))) {
        // Another type is asked for so that the compiler shows where the values have to follow.
        if (!fix || (code === "params-not-json" && message.includes("which params"))) continue;
        const number = files.size;
        add(number, new Map(fix.changes.map(({ file, edits }) => [file, applyEdits(textOf(file), edits)])));
        for (const { file } of fix.changes)
          fixes.push({ title: `${fix.title}: ${message}`, before: copy(original, file), after: copy(number, file) });
      }
    }
    const errors = errorsIn(files);
    const of = (file: string) => [...(errors.get(file) ?? [])];
    assert.ok(fixes.length > 60, `${fixes.length} fixes`);
    for (const { title, before, after } of fixes) {
      const known = of(before);
      assert.deepEqual(
        of(after).filter((message) => !known.includes(message)),
        [],
        `${title}\n${files.get(after)}`,
      );
    }
  }).timeout(120_000);
});
