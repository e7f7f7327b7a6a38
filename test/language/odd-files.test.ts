import assert from "node:assert/strict";
import fc from "fast-check";
import { checking, checkWorkspace } from "../../server/language/index.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { applyEdits } from "./support/apply.ts";
import { workspaceOf } from "./support/sources.ts";

const HEAD = 'import { BackgroundTaskEx, BackgroundTaskExAction, cron, every, weekly } from "background-task-ex";\n';
const WORDS = [
  ..."class|extends|BackgroundTaskEx|BackgroundTaskExAction|static|readonly|async|executeAction|createActions|changeActionParamsOnError|this|params".split(
    "|",
  ),
  ..."actions|schedule|scheduledParams|cron|every|weekly|export|default|import|from|await|yield|return|for|while|if|else|try|catch|finally|switch|case|new".split(
    "|",
  ),
  ...'const|let|function|type|interface|A|B|a|b|0|1|-1|\'s\'|"./b.ts"|"./b.task.ts"|`|$|undefined|null|true|never|Date|Promise|typeof|keyof|in|of|is|as'.split(
    "|",
  ),
  ..."{|}|{|}|(|)|(|)|[|]|<|>|;|,|.|...|=>|=|:|?|??|?.|!|&&|&|/|*|#|@|\\|\n|\u2028|//|/*|*/|😀|\0".split("|"),
  "|",
];
const SNIPPETS = [
  "export class A extends BackgroundTaskExAction<{ a: number }> { async executeAction(deadline) { ",
  "export class B extends BackgroundTaskEx<{ a: number }> { static readonly actions = [A]; ",
  "static readonly schedule = cron('* * * * *');\n",
  "createActions() { return [new A({ a: 1 }, { rank: 1 }), new A(this.params, { rank: 1 })]; }\n",
  "for (const a of this.params.a) { if (deadline.isReached()) return false; await a(); }\n",
  "changeActionParamsOnError(error) { this.params.a = 1; return true; }\n",
  "class A extends A {}\n",
  "type A = { a: A } & Partial<A> | B[];\n",
  "interface A extends A, B { a: Date }\n",
  'export * from "./b.task.ts";\n',
  'import { A } from "./a.task.ts";\n',
  "const a = b; const b = a;\n",
  "} } ",
];

describe("any text in a task file", () => {
  const part = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...WORDS) }, { weight: 2, arbitrary: fc.constantFrom(...SNIPPETS) });
  const odd = fc.oneof(
    { weight: 6, arbitrary: fc.array(part, { maxLength: 60 }).map((parts) => HEAD + parts.join(" ")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  );

  it("is read, checked and fixed, or not analysed, without a bug that shows", () => {
    assertProperty(
      fc.property(odd, odd, fc.constantFrom("ts", "mts", "cts", "js"), (a, b, ending) => {
        const files = { [`/w/a.task.${ending}`]: a, "/w/b.task.ts": b };
        const { model } = workspaceOf(files);
        for (const _ of model.reading());
        for (const file of model.files()) for (const _ of checking(model, file));
        const findings = checkWorkspace(model);
        for (const { message, file, range, code, fix } of findings) {
          assert.doesNotMatch(message, /bug in Background Tasks/);
          const text = (files as Readonly<Record<string, string>>)[file] ?? "";
          assert.ok(
            range.start.line <= range.end.line && range.end.line <= text.split(/\r\n|\n|\r/).length,
            `${code} is outside of the text`,
          );
          for (const { file: changed, edits } of fix?.changes ?? [])
            applyEdits((files as Readonly<Record<string, string>>)[changed] ?? "", edits);
        }
      }),
      3_000,
    );
  }).timeout(600_000);
});
