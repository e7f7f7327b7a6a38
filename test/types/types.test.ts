import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { type CompileError, compile, fixtures } from "./compile.ts";
import { expectedErrorsIn } from "./expected-errors.ts";

const SOURCES = join(process.cwd(), "server/index.ts");

function inWords({ file, line, code, message }: CompileError): string {
  return `${basename(file)}:${line} ${code} ${message}`;
}

describe("Authors' code", () => {
  describe("compiles", () => {
    let errors: CompileError[];
    before(() => {
      errors = compile(fixtures("accepted"), SOURCES);
    });

    for (const file of fixtures("accepted")) {
      it(basename(file), () => {
        assert.deepEqual(errors.filter((error) => error.file === file).map(inWords), []);
      });
    }

    it("without strictness, too", () => {
      const loose = { strict: false, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false };
      assert.deepEqual(compile(fixtures("accepted"), SOURCES, loose).map(inWords), []);
    });

    it("where every override must be marked, but for the marks", () => {
      const unmarked = compile(fixtures("accepted"), SOURCES, { noImplicitOverride: true });
      assert.deepEqual(
        [...new Set(unmarked.map((error) => `${basename(error.file)} ${error.code}`))],
        ["example-chunked.ts TS4114", "example-short-form.ts TS4114"],
      );
    });
  });

  describe("is refused, with a message that helps,", () => refuses(fixtures("refused")));
});

describe("What client and runner say to each other", () => {
  describe("is refused where the other end would not understand it,", () => refuses(fixtures("messages")));
});

/** Only the lines that say so are refused, each with the error it names. */
function refuses(files: readonly string[]): void {
  let errors: CompileError[];
  before(() => {
    errors = compile(files, SOURCES);
  });

  for (const file of files) {
    describe(`in ${basename(file)}`, () => {
      const expectations = expectedErrorsIn(file);
      for (const { line, code, text, source } of expectations) {
        it(`line ${line}: ${source}`, () => {
          const found = errors.filter((error) => error.file === file && error.line === line);
          assert.ok(found.length > 0, `Line ${line} compiles, but must not: ${text}`);
          assert.deepEqual(
            found.map((error) => error.code),
            [code],
            found.map(inWords).join("\n"),
          );
          assert.ok(found[0]?.message.includes(text), `The message lacks "${text}":\n${found[0]?.message}`);
        });
      }

      it("and nowhere else", () => {
        const expected = new Set(expectations.map((expectation) => expectation.line));
        assert.deepEqual(errors.filter((error) => error.file === file && !expected.has(error.line)).map(inWords), []);
      });
    });
  }
}
