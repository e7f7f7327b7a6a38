import assert from "node:assert/strict";
import fc from "fast-check";
import { marked, type Token, type Tokens } from "marked";
import type { Json } from "../../server/authoring/index.ts";
import { HOVER_COMMANDS } from "../../server/protocol/hover-commands.ts";
import { CLIENT_COMMANDS } from "../../server/runner/language/editor-commands.ts";
import { type Block, code, dotted, firstOf, list, paragraph, strong } from "../../server/runner/language/markup/block.ts";
import { jsonBlocks } from "../../server/runner/language/markup/json-block.ts";
import { markdownOf } from "../../server/runner/language/markup/markdown.ts";
import { plainTextOf } from "../../server/runner/language/markup/plain-text.ts";
import { visibleText } from "../../server/words/visible-text.ts";
import { wording } from "../client/support/states.ts";
import { assertProperty } from "../support/thoroughness.ts";

/** Whatever means something in markdown somewhere, between words. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."\\`*_{}[]()#+-.!~<>&|$:@=^\"'/ \t\n\r\u2028\u0000",
        "```",
        "~~~",
        "---",
        "===",
        "1.",
        "2)",
        "    ",
        "\n\n",
        "- ",
        "| - |",
      ),
      fc.constantFrom(
        "www.evil.example",
        "https://evil.example",
        "a@evil.example",
        "[x](command:evil)",
        "![x](y)",
        "<img src=x>",
        "<!--",
        "&lt;",
      ),
      fc.constantFrom("$(error)", "[ref]: /evil", "**b**", "_i_", "http://", "ftp://evil.example", "mailto:a@evil.example", "orders", "1"),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** Everything below, as a real client's parser sees it (VS Code's). */
function tokensOf(markdown: string): Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => void found.push(token));
  return found;
}

function typesIn(markdown: string): readonly string[] {
  return [...new Set(tokensOf(markdown).map(({ type }) => type))].filter((type) => !["space", "text", "escape"].includes(type)).sort();
}

/** What a person sees of one line of text. */
function shownText(markdown: string): string {
  const leaves = tokensOf(markdown).filter(
    (token) => ["escape", "codespan"].includes(token.type) || (token.type === "text" && !("tokens" in token)),
  );
  return leaves.map((token) => (token as Tokens.Text).text).join("");
}

/** Controls are shown as escapes. Spaces at the ends, and how many there are, are not what counts. */
function normalized(text: string): string {
  return visibleText(text.replaceAll(/[\t\r\n]+/g, " "))
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("A hover as markdown", () => {
  it("shows whatever text as that text, in one paragraph and without any markup", () => {
    assertProperty(
      fc.property(nasty, nasty, (first, second) => {
        const markdown = markdownOf([paragraph(...dotted(first, `x ${second}`))]);
        assert.deepEqual(typesIn(markdown), ["paragraph"], markdown);
        const expected = first === "" ? `x ${second}` : `${first} · x ${second}`;
        assert.equal(normalized(shownText(markdown)), normalized(expected), markdown);
      }),
      3_000,
    );
  });

  it("shows whatever text as strong, as code and in lists without anything else", () => {
    assertProperty(
      fc.property(nasty, nasty, (first, second) => {
        const markdown = markdownOf([
          paragraph("a ", strong(`s${first}s`), " b"),
          ...list([
            ["x ", code(`c${second}c`)],
            [first, " y"],
          ]),
        ]);
        assert.deepEqual(typesIn(markdown), ["codespan", "list", "list_item", "paragraph", "strong"], markdown);
        const codespan = tokensOf(markdown).find(({ type }) => type === "codespan") as Tokens.Codespan;
        assert.equal(normalized(codespan.text), normalized(`c${second}c`), markdown);
        assert.equal(tokensOf(markdown).filter(({ type }) => type === "list_item").length, 2);
      }),
      3_000,
    );
  });

  it("shows JSON in one block of code, whatever is in it", () => {
    assertProperty(
      fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 5 }), (entries) => {
        const value = Object.fromEntries(entries);
        const blocks = jsonBlocks(value, wording);
        const [fenced, ...rest] = marked.lexer(markdownOf(blocks)).filter(({ type }) => type !== "space");
        assert.equal(fenced?.type, "code");
        assert.equal((fenced as Tokens.Code).lang, "json");
        assert.equal((fenced as Tokens.Code).text, (blocks[0] as Block & { kind: "json" }).text);
        assert.equal(rest.length, blocks.length - 1);
      }),
      1_000,
    );
  });

  it("has links to commands of our own with what they act on, whatever that and the title are", () => {
    assertProperty(
      fc.property(nasty, nasty, (title, task) => {
        const command = CLIENT_COMMANDS.showTaskData(`t${title}t`, { folder: "file:///a%20(b)", task });
        assert.ok(command);
        const markdown = markdownOf([paragraph({ kind: "link", command })]);
        assert.deepEqual(typesIn(markdown), ["link", "paragraph"], markdown);
        const { href } = tokensOf(markdown).find(({ type }) => type === "link") as Tokens.Link;
        const [name, args = ""] = href.split("?");
        assert.equal(name, "command:backgroundTasks.showTaskData");
        assert.deepEqual(JSON.parse(decodeURIComponent(args)), [{ folder: "file:///a%20(b)", task }]);
      }),
      1_000,
    );
  });

  it("links to commands only that the client lets hovers execute", () => {
    const place = { folder: "file:///shop", task: "t1", action: "a1" };
    const { retry, runTask, debugFailure, showTaskData, openHistoryEntry } = CLIENT_COMMANDS;
    const linked = [retry, runTask, debugFailure, showTaskData, openHistoryEntry].map((make) => make("", place)?.command);
    assert.deepEqual([...linked].sort(), [...HOVER_COMMANDS].sort());
  });
});

describe("The JSON in a hover", () => {
  const told = (value: Json) => plainTextOf(jsonBlocks(value, wording));

  it("is indented", () => assert.equal(told({ size: 64, names: ["a"] }), '  {\n    "size": 64,\n    "names": [\n      "a"\n    ]\n  }'));

  it("is cut after 25 lines, and says how many are left", () => {
    const text = told(Array.from({ length: 100 }, (_, index) => index));
    assert.equal(text.split("\n").length, 27);
    assert.match(text, /^ {4}23,\n\n… and 77 more lines\. See the task data for all of them\.$/m);
  });

  it("is cut in long lines without cutting an emoji in two", () => {
    const text = told({ a: "😀".repeat(1_000) });
    assert.ok(text.isWellFormed());
    assert.match(text, /😀…\n {2}\}\n\nLong values are truncated/);
    assert.ok(Math.max(...text.split("\n").map(({ length }) => length)) < 170);
  });
});

describe("A hover as plain text", () => {
  it("has the words without markup, and no links", () => {
    const command = CLIENT_COMMANDS.showTaskData("Show", { folder: "f", task: "t" });
    assert.ok(command);
    const blocks: Block[] = [
      paragraph(strong("A*"), " · ", code("b")),
      paragraph({ kind: "link", command }),
      { kind: "rule" },
      ...firstOf(
        ["one", "two", "three"],
        2,
        (item) => [item],
        (count) => `${count} more`,
      ),
    ];
    assert.equal(plainTextOf(blocks), "A* · b\n\n- one\n- two\n- 1 more");
  });
});
