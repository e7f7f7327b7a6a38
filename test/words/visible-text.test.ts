import assert from "node:assert/strict";
import fc from "fast-check";
import { errorInWords, failureInWords } from "../../server/words/failure-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import { visibleJson, visibleText } from "../../server/words/visible-text.ts";
import { assertProperty } from "../support/thoroughness.ts";

describe("Text that contains controls", () => {
  it("shows each as an escape", () => {
    assert.equal(
      visibleText("a\u001b[2J\u0007\n\t\u007f\u009b\u202e\u2066\u2028\ufeff\u{e0041}\ud800b"),
      "a\\x1b[2J\\x07\\n\\t\\x7f\\x9b\\u202e\\u2066\\u2028\\ufeff\\u{e0041}\\ud800b",
    );
    assert.equal(visibleText("a\n\tb", "\n\t"), "a\n\tb");
  });

  it("is as it was in any script without them, emoji included", () => {
    for (const text of ["é", "統計", "שלום", "می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "❤\ufe0f", "🇩🇪", ""])
      assert.equal(visibleText(text), text);
  });

  it("is the same value in JSON", () => {
    assertProperty(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2);
        const shown = visibleJson(text);
        assert.deepEqual(JSON.parse(shown), JSON.parse(text));
        assert.doesNotMatch(shown.replaceAll("\n", ""), /\p{Cc}|\p{Zl}|\p{Zp}|[\u202a-\u202e\u2066-\u2069]/u);
      }),
      1_000,
    );
    assert.equal(visibleJson('"\u009b\u202e"'), '"\\u009b\\u202e"');
  });

  it("is shown in messages without the colours that were made for a terminal", () => {
    const error = { name: "Bad\u202eName", message: "\u001b[31mdisk\u001b[39m\u001b[2J full\r\nsecond\u0000 line" };
    assert.equal(errorInWords(error), "Bad\\u202eName: disk\\x1b[2J full\nsecond\\x00 line");
    assert.equal(failureInWords(error), "Bad\\u202eName: disk\\x1b[2J full");
    assert.equal(shortText("\n \u2066 x\ty"), "\\u2066 x y");
  });
});
