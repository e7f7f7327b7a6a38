import assert from "node:assert/strict";
import fc from "fast-check";
import picomatch from "picomatch";
import { compileGlobs } from "../../server/workspace/globs/glob-program.ts";
import { parseGlob } from "../../server/workspace/globs/glob-syntax.ts";
import { PathMatch } from "../../server/workspace/globs/path-match.ts";
import { assertProperty } from "../support/thoroughness.ts";

function matches(globs: readonly string[], path: string): boolean {
  return PathMatch.start(compileGlobs(globs.map(parseGlob))).path(path.split("/")).isComplete;
}

describe("globs", () => {
  const name = fc.array(fc.constantFrom("a", "b", "c", "."), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
  const path = fc
    .array(
      name.filter((written) => !written.endsWith(".")),
      { minLength: 1, maxLength: 4 },
    )
    .map((names) => names.join("/"));
  // Not generated is what picomatch has of its own: sets and groups that match a leading dot, `a/**` that matches `a`.
  const first = fc.constantFrom("a", "b", "c", ".", "*", "?");
  const part = fc.oneof(first, fc.constantFrom("[ab]", "[!a]", "{a,bc}"));
  const names = fc
    .tuple(first, fc.array(part, { maxLength: 3 }))
    .map(([start, rest]) => [start, ...rest].join("").replace(/\*\*+/g, "*"))
    .filter((written) => !/^\.+$/.test(written));
  const directories = fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant("**") }, { weight: 3, arbitrary: names }), { maxLength: 3 });
  const glob = fc.tuple(directories, names).map(([before, last]) => [...before, last].join("/"));

  it("match what they match in other tools", () => {
    assertProperty(
      fc.property(glob, path, (written, tried) => {
        assert.equal(matches([written], tried), picomatch.isMatch(tried, written, { posix: true }), `${written} ${tried}`);
      }),
      10_000,
    );
  });

  it("match if one of them does", () => {
    assertProperty(
      fc.property(fc.array(glob, { minLength: 1, maxLength: 5 }), path, (globs, tried) => {
        assert.equal(
          matches(globs, tried),
          globs.some((one) => matches([one], tried)),
        );
      }),
      1_000,
    );
  });
});
