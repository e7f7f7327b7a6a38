import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { addAction, addFirstAction, checkWorkspace, implementRecovery, withSeverities } from "../../server/language/index.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { workspaceOf } from "./support/sources.ts";

const FILE = "/w/a.task.ts";
const samples = join(process.env.TEST_REPOSITORY ?? "", "sample-tasks");
const sampleTexts = readdirSync(samples)
  .filter((file) => file.endsWith(".task.ts"))
  .map((file) => readFileSync(join(samples, file), "utf8"));

const inBody = (written: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class One extends BackgroundTaskExAction<{ a: number }> {
  async executeAction(deadline) {
    ${written}
    return true;
  }
}
export class Two extends BackgroundTaskEx<{ a: number }> {
  static readonly actions = [One];
}
`;
const inClass = (written: string) => `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class One extends BackgroundTaskExAction {
  ${written}
  async executeAction() { return true; }
}
export class Two extends BackgroundTaskEx {
  static readonly actions = [One];
}
`;

/** Everything that is asked of a file while somebody types. */
function askAll(text: string): void {
  const { model } = workspaceOf({ [FILE]: text });
  const { classes } = model.file(FILE);
  for (const { range } of checkWorkspace(model)) assert.ok(range.start.line <= range.end.line);
  addFirstAction(model, FILE);
  for (const found of classes) {
    addAction(model, found);
    implementRecovery(model, found);
  }
}

describe("a file that somebody is writing", () => {
  for (const written of [
    ..."this.|await this.foo(|if (|const x = |while (!deadline.isReached() {|for (const a of|const { a, |`abc ${|'abc|x = [1, 2|return new|try {|foo(() => {|deadline?.|switch (a) { case"
      .split("|")
      .map(inBody),
    ..."static|static schedule =|async |changeActionParamsOnError(|private x: |static readonly maxAttempts = |@|get |foo(a, {"
      .split("|")
      .map(inClass),
    inBody("").replace("[One]", "[One, "),
    inBody("").replace("<{ a: number }>", "<{ a: "),
    inBody("").slice(0, -4),
  ]) {
    const line = written
      .split("\n")
      .find((text, index) => text !== inBody("").split("\n")[index] && text !== inClass("").split("\n")[index]);
    it(`still has its classes, and no finding in the one that is written, at ${JSON.stringify(line?.trim() ?? "its end")}`, () => {
      const { model } = workspaceOf({ [FILE]: written });
      assert.deepEqual(
        model
          .file(FILE)
          .classes.map(({ name, kind }) => `${kind} ${name}`)
          .slice(0, 2),
        ["action One", "task Two"],
      );
      assert.deepEqual(checkWorkspace(model), []);
    });
  }

  it("is known to be half-written as long as its text cannot be understood as a whole", () => {
    const isHalfWritten = (text: string) => workspaceOf({ [FILE]: text }).model.file(FILE).isHalfWritten;
    assert.deepEqual([inBody(""), inBody("if ("), inClass("get "), ""].map(isHalfWritten), [false, true, true, false]);
  });

  it("is read without an error when it ends anywhere", () => {
    const prefix = fc.constantFrom(...sampleTexts).chain((text) => fc.nat(text.length).map((length) => text.slice(0, length)));
    assertProperty(fc.property(prefix, askAll), 300);
  });

  it("has no finding wherever a task file ends, except that an action which is written to its end has no task yet", () => {
    for (const text of sampleTexts) {
      for (let length = 0; length < text.length; length += 10) {
        const { model } = workspaceOf({ [FILE]: text.slice(0, length) });
        const found = checkWorkspace(model).filter(({ code }) => code !== "unreachable-action");
        assert.deepEqual(found, [], text.slice(Math.max(0, length - 200), length));
      }
    }
  });

  it("has no finding where it ends in a comment", () => {
    const { model } = workspaceOf({ [FILE]: `${inBody("").split("return true")[0]}  // what is left of the pages` });
    assert.deepEqual(checkWorkspace(model), []);
  });

  it("is read however deep it is nested", () => {
    const sum = Array.from({ length: 5_000 }, (_, index) => `"${index}"`).join(" + ");
    for (const written of [`this.params.a = ${sum};`, "{".repeat(1_000) + "}".repeat(1_000)]) askAll(inBody(written));
  });

  it("is read without an error when any line is missing", () => {
    const withoutLine = fc.constantFrom(...sampleTexts).chain((text) => {
      const lines = text.split("\n");
      return fc.nat(lines.length - 1).map((missing) => lines.filter((_, index) => index !== missing).join("\n"));
    });
    assertProperty(fc.property(withoutLine, askAll), 300);
  });

  it("is read without an error when parts of it stand in any order", () => {
    const pieces = sampleTexts.flatMap((text) => text.split(/(?<=[{};()\n])/));
    const shuffled = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
    assertProperty(fc.property(shuffled, askAll), 300);
  });

  it("says nothing of unused actions meanwhile: the list that names them may be what is written", () => {
    const { model } = workspaceOf({ [FILE]: inBody("").replace("static readonly actions = [One];", "static readonly actions = [O") });
    assert.deepEqual(checkWorkspace(model), []);
  });
});

describe("severities", () => {
  it("are as somebody sets them, off included; what is not named keeps its own", () => {
    const { model } = workspaceOf({
      [FILE]: `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class One extends BackgroundTaskExAction { async executeAction() { this.checkpoint(); } }
export class Two extends BackgroundTaskExAction { async executeAction() { return true; } }
export class Three extends BackgroundTaskEx { static actions = [One]; }`,
    });
    const findings = checkWorkspace(model);
    const brief = (severities: Parameters<typeof withSeverities>[1]) =>
      withSeverities(findings, severities).map(({ code, severity }) => `${severity} ${code}`);
    assert.deepEqual(brief({}), ["error missing-result", "warning floating-promise", "warning unreachable-action"]);
    assert.deepEqual(brief({ "missing-result": "off", "floating-promise": "error" }), [
      "error floating-promise",
      "warning unreachable-action",
    ]);
  });
});
