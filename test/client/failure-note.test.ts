import assert from "node:assert/strict";
import { countFailures } from "../../client/failures/failure-counts.ts";
import { failureNotes, type NotedDiagnostic } from "../../client/failures/failure-note.ts";
import { wording } from "./support/states.ts";

function diagnostic(code: string, message: string, line = 6, source = "background-tasks"): NotedDiagnostic {
  return { source, code, message, range: { start: { line } } };
}

const notes = (...diagnostics: NotedDiagnostic[]) => failureNotes(diagnostics, wording.t);

describe("The note at the end of a failing line", () => {
  it("says what failed, by the first line of its error", () => {
    assert.deepEqual(notes(diagnostic("action-failed", "PurgeTable failed (attempt 2 of 5): no such table\nhint")), [
      { line: 6, severity: "error", text: "✖ PurgeTable failed (attempt 2 of 5): no such table" },
    ]);
  });

  it("warns of what is tried again", () => {
    assert.deepEqual(notes(diagnostic("action-will-retry", "PurgeTable failed: busy")), [
      { line: 6, severity: "warning", text: "⚠ PurgeTable failed: busy" },
    ]);
  });

  it("is one for each line: the worst, and how many others there are", () => {
    const found = notes(
      diagnostic("action-will-retry", "first"),
      diagnostic("action-failed", "second"),
      diagnostic("task-file", "third", 2),
    );
    assert.deepEqual(
      found.map(({ line, text }) => [line, text]),
      [
        [6, "✖ second (+1)"],
        [2, "✖ third"],
      ],
    );
  });

  it("is at most 120 characters long, whatever the error says", () => {
    const long = "😀".repeat(300);
    const [alone] = notes(diagnostic("action-failed", long));
    const [joined] = notes(diagnostic("action-failed", long), diagnostic("action-failed", "other"));
    assert.equal([...(alone?.text ?? "")].length, 120);
    assert.equal([...(joined?.text ?? "")].length, 120);
    assert.match(joined?.text ?? "", /😀… \(\+1\)$/u);
  });

  it("is not there for what others find, nor for what can be read before anything runs", () => {
    assert.deepEqual(notes(diagnostic("action-failed", "x", 1, "typescript"), diagnostic("no-await", "x")), []);
  });
});

describe("Failures are counted", () => {
  it("by what is tried again and what is not", () => {
    const counts = countFailures([
      diagnostic("action-failed", "a"),
      diagnostic("action-will-retry", "b"),
      diagnostic("action-failed", "c"),
      diagnostic("task-file", "d"),
      diagnostic("action-failed", "e", 1, "somebody else"),
    ]);
    assert.deepEqual(counts, { failed: 2, willRetry: 1 });
  });
});
