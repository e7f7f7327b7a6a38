import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Json } from "../../server/authoring/index.ts";
import { type AttemptEvent, attemptEvents } from "../../server/runner/language/hovers/attempts.ts";
import { paramsChanges } from "../../server/runner/language/hovers/params-change.ts";
import { lineNow } from "../../server/runner/problems/text-comparison.ts";
import type { AttemptRecord, FailureRecord } from "../../server/store/index.ts";
import { assertProperty } from "../support/thoroughness.ts";

const minute = (number: number) => new Date(Date.UTC(2026, 10, 24, 12, number)).toISOString();

function attempt(number: number, params: Json, failed = true): AttemptRecord {
  const at = minute(number);
  const error: FailureRecord = { name: "Error", message: "no", stack: "", kind: "thrown", attempt: number, during: "executeAction", at };
  return { startedAt: at, durationMs: 5, params, ...(failed && { error }) };
}

function brief(event: AttemptEvent): string {
  switch (event.kind) {
    case "gap":
      return `gap of ${event.count}`;
    case "edit":
      return `edit ${event.changes.map(({ path }) => path).join()}`;
    case "attempt":
      return `attempt ${event.number}: ${event.changes?.map(({ path }) => path).join() ?? "whole"}`;
  }
}

describe("The attempts of an action, as a hover tells them", () => {
  it("are compared with the one before", () => {
    const attempts = [attempt(1, { size: 64 }), attempt(2, { size: 32 }), attempt(3, { size: 32 }, false)];
    assert.deepEqual(attemptEvents({ attempts }, 6).map(brief), ["attempt 1: whole", "attempt 2: size", "attempt 3: "]);
  });

  it("are the first and the last ones, and are numbered as they were made where some are not kept", () => {
    const attempts = [1, 2, 3, 4, 5, 16, 17, 18, 19, 20].map((number) => attempt(number, { size: number }));
    assert.deepEqual(attemptEvents({ attempts }, 6).map(brief), [
      "attempt 1: whole",
      "gap of 14",
      "attempt 16: whole",
      "attempt 17: size",
      "attempt 18: size",
      "attempt 19: size",
      "attempt 20: size",
    ]);
    assert.deepEqual(attemptEvents({ attempts }, 2).map(brief), ["attempt 1: whole", "gap of 18", "attempt 20: size"]);
  });

  it("begin again with 1 when a person has retried a task that had failed", () => {
    const attempts = [attempt(1, 1), attempt(2, 2), { ...attempt(1, 3), startedAt: minute(3) }, { ...attempt(2, 4), startedAt: minute(4) }];
    assert.deepEqual(attemptEvents({ attempts }, 6).map(brief), ["attempt 1: whole", "attempt 2: ", "attempt 1: whole", "attempt 2: "]);
  });

  it("have what a person has edited where it was done", () => {
    const attempts = [attempt(1, { size: 64 }), attempt(5, { size: 8 })];
    const edits = [2, 9].map((number) => ({ at: minute(number), before: { size: 64 }, after: { size: number } }));
    assert.deepEqual(attemptEvents({ attempts, edits }, 6).map(brief), [
      "attempt 1: whole",
      "gap of 3",
      "edit size",
      "attempt 5: whole",
      "edit size",
    ]);
  });
});

describe("What changed in params", () => {
  const told = (before: Json, after: Json) =>
    paramsChanges(before, after).map(({ path, ...change }) => [path, change.before, change.after]);

  it("is told by the path of each value", () => {
    assert.deepEqual(told({ a: { b: [1, { c: 2 }], "d e": 3 }, f: 4 }, { a: { b: [1, { c: 5 }], "d e": 6 }, g: 7 }), [
      ["a.b[1].c", 2, 5],
      ['a["d e"]', 3, 6],
      ["f", 4, undefined],
      ["g", undefined, 7],
    ]);
  });

  it("is the whole array where one was made longer, and the whole where it is no object", () => {
    assert.deepEqual(told({ names: ["a"] }, { names: ["a", "b"] }), [["names", ["a"], ["a", "b"]]]);
    assert.deepEqual(told(1, null), [["", 1, null]]);
    assert.deepEqual(told({ a: null }, { a: {} }), [["a", null, {}]]);
  });

  it("is nothing exactly where they are equal", () => {
    assertProperty(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        assert.equal(paramsChanges(a as Json, b as Json).length === 0, isDeepStrictEqual(a, b));
        assert.deepEqual(paramsChanges(a as Json, structuredClone(a) as Json), []);
      }),
    );
  });
});

describe("A line that failed, in a text that is edited", () => {
  const TEXT = ["a {", "  throw x;", "}", "b {", "  throw y;", "}"].join("\n");
  const now = (line: number, edit: (lines: string[]) => void, end = "\n") => {
    const lines = TEXT.split("\n");
    edit(lines);
    return lineNow(TEXT, line, lines.join(end));
  };

  it("is where it was", () =>
    assert.equal(
      now(1, () => {}),
      1,
    ));
  it("is found whatever ends the lines", () =>
    assert.equal(
      now(4, () => {}, "\r\n"),
      4,
    ));
  it("moves with what is inserted before it", () =>
    assert.equal(
      now(4, (lines) => lines.splice(2, 0, "  more();", "")),
      6,
    ));
  it("moves with what is deleted before it", () =>
    assert.equal(
      now(4, (lines) => lines.splice(0, 3)),
      1,
    ));
  it("stays where something is written after it", () =>
    assert.equal(
      now(1, (lines) => lines.splice(2, 0, "  more();")),
      1,
    ));
  it("is found by its text between edits on both sides, with another indentation too", () => {
    const edited = (lines: string[]) => lines.splice(0, 6, "c {", "    throw x;", "}", "c {", "  throw y", "}", "");
    assert.equal(now(1, edited), 1);
  });
  it("is nowhere once it is written anew, or deleted", () => {
    assert.equal(
      now(1, (lines) => lines.splice(1, 1, "  throw z;")),
      undefined,
    );
    assert.equal(
      now(1, (lines) => lines.splice(1, 1)),
      undefined,
    );
  });
  it("is nowhere where a line like it was put beside it, or taken away, because it may be either", () => {
    assert.equal(
      now(1, (lines) => lines.splice(1, 0, "  throw x;")),
      undefined,
    );
    const twice = TEXT.replace("  throw x;", "  throw x;\n  throw x;");
    assert.equal(lineNow(twice, 1, TEXT), undefined);
    assert.equal(lineNow(twice, 2, TEXT), undefined);
  });
  it("is nowhere when several lines between the edits are like it", () => {
    const edited = (lines: string[]) => lines.splice(0, 6, "c {", "  throw x;", "}", "  throw x;", "d", "e");
    assert.equal(now(1, edited), undefined);
  });
  it("is never told of another line than one with its text", () => {
    const line = fc.constantFrom("a", "b", "c", "}", "");
    assertProperty(
      fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), fc.array(line, { maxLength: 9 }), fc.nat(8), (then, edited, index) => {
        const found = lineNow(then.join("\n"), index, edited.join("\n"));
        if (found !== undefined) assert.equal(edited[found], then[index]);
      }),
      5_000,
    );
  });
});
