import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { movedRange } from "../../server/language/text/moved-range.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { applyEdits } from "./support/apply.ts";

const document = (text: string) => TextDocument.create("file:///a.ts", "typescript", 1, text);
const text = fc.array(fc.constantFrom("a", "bc", "\n", "\r\n", " "), { maxLength: 20 }).map((parts) => parts.join(""));
const MARK = "«here»";

describe("A place in a text", () => {
  it("stays with what stands there, whatever is written before it and after it", () => {
    const edits = fc.record({ before: text, after: text, replaced: fc.nat(), length: fc.nat(), newText: text, isBefore: fc.boolean() });
    assertProperty(
      fc.property(edits, ({ before, after, replaced, length, newText, isBefore }) => {
        const whole = before + MARK + after;
        const original = document(whole);
        const part = isBefore ? before : after;
        const offset = (isBefore ? 0 : before.length + MARK.length) + (replaced % (part.length + 1));
        const end = Math.min(offset + length, (isBefore ? 0 : before.length + MARK.length) + part.length);
        const edit = { range: { start: original.positionAt(offset), end: original.positionAt(end) }, newText };
        const range = { start: original.positionAt(before.length), end: original.positionAt(before.length + MARK.length) };
        const edited = document(applyEdits(whole, [edit]));
        // Between the two characters of a line's end there is no position.
        fc.pre(original.offsetAt(edit.range.start) === offset && original.offsetAt(edit.range.end) === end);
        fc.pre(!/\r$/.test(edited.getText().slice(0, edited.getText().indexOf(MARK))));
        assert.equal(edited.getText(movedRange(range, edit)), MARK);
      }),
      1_000,
    );
  });

  it("is empty once what stood there is gone", () => {
    const line = (start: number, end: number) => ({ start: { line: 0, character: start }, end: { line: 0, character: end } });
    assert.deepEqual(movedRange(line(4, 8), { range: line(2, 9), newText: "" }), line(2, 2));
    assert.deepEqual(movedRange(line(4, 8), { range: line(4, 8), newText: "other" }), line(9, 9));
    assert.deepEqual(movedRange(line(4, 8), { range: line(6, 9), newText: "other" }), line(4, 6));
    assert.deepEqual(movedRange(line(4, 8), { range: line(8, 8), newText: "other" }), line(4, 8));
  });
});
