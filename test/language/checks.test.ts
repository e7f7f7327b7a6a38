import assert from "node:assert/strict";
import { CHECKS, checkWorkspace, DiskSources, type Finding, fixAll, ignoreFinding } from "../../server/language/index.ts";
import { applyEdits } from "./support/apply.ts";
import { fixtureWorkspaces, modelOf, textOf } from "./support/fixture-workspaces.ts";

/** What comments say is to be found: `// ! code`, in the line of the mistake, once for each. */
function expectedIn(files: readonly string[]): string[] {
  return files.flatMap((file) =>
    textOf(file)
      .split("\n")
      .flatMap((line, index) => {
        const codes = /\/\/ ! (.*)$/.exec(line)?.[1]?.split(" ") ?? [];
        return codes.map((code) => `${file}:${index + 1}: ${code}`);
      }),
  );
}

function told({ file, range, code }: Finding): string {
  return `${file}:${range.start.line + 1}: ${code}`;
}

describe("checks", () => {
  const workspaces = fixtureWorkspaces("broken");
  const found = workspaces.flatMap(({ files }) => [...checkWorkspace(modelOf(files))]);

  for (const { name, files } of workspaces) {
    it(`find what is broken in ${name.replace(".task.ts", "").replaceAll("-", " ")}, and nothing else`, () => {
      const inOrder = checkWorkspace(modelOf(files)).map(told).sort();
      assert.deepEqual(inOrder, expectedIn(files).sort());
    });
  }

  for (const { code, defaultSeverity, title } of CHECKS) {
    it(`${code} (${title}) is found three times and more, with its severity and a message that says what to do`, () => {
      const own = found.filter((finding) => finding.code === code);
      assert.ok(own.length >= 3, `${own.length} found`);
      for (const { severity, message } of own) {
        assert.equal(severity, defaultSeverity);
        assert.match(message, /^.{20,400}\.$/);
      }
    });
  }

  it("name the class whose params they mean", () => {
    const messages = found.filter(({ code }) => code === "params-not-json").map(({ message }) => message);
    for (const message of [
      "JSON cannot represent a symbol in the params of Values: use a string.",
      "JSON cannot represent a Date in the params of Task: use an ISO string.",
    ]) {
      assert.ok(messages.includes(message), message);
    }
  });

  it("offer fixes that mend what they are for, and leave text that can be parsed", () => {
    const fixed = new Map<string, number>();
    for (const { files } of workspaces) {
      const before = checkWorkspace(modelOf(files));
      for (const finding of before) {
        if (!finding.fix) continue;
        const sources = new DiskSources();
        for (const { file, edits } of finding.fix.changes) sources.open(file, applyEdits(textOf(file), edits));
        const model = modelOf(files, sources);
        for (const { file } of finding.fix.changes) assert.equal(model.file(file).isHalfWritten, false, sources.read(file));
        const after = checkWorkspace(model);
        const [same, sameAfter] = [before, after].map((findings) => findings.filter(({ code }) => code === finding.code).length);
        assert.ok(
          Number(sameAfter) < Number(same),
          `${told(finding)} is still there after "${finding.fix.title}":\n${sources.read(finding.file)}`,
        );
        assert.equal(
          after.filter(({ code }) => code !== finding.code).length,
          before.length - Number(same),
          `"${finding.fix.title}" breaks something else`,
        );
        fixed.set(finding.code, (fixed.get(finding.code) ?? 0) + 1);
      }
    }
    const withFix = [
      "action-not-exported",
      "blocking-process",
      "equal-ranks",
      "floating-promise",
      "loop-ignores-deadline",
      "missing-result",
      "params-not-json",
      "poison-loop",
      "unreachable-action",
    ];
    assert.deepEqual([...fixed.keys()].sort(), withFix);
  });

  it("offer fixes that can be made all at once, where they are not in each other's way, and leave none of what they are for", () => {
    const madeAtOnce = new Set<string>();
    for (const { files } of workspaces) {
      const before = checkWorkspace(modelOf(files));
      for (const { code } of CHECKS) {
        const fixes = before.flatMap((finding) => (finding.code === code && finding.fix ? [finding.fix] : []));
        const changes = fixes.length > 1 && fixAll(fixes);
        if (!changes) continue;
        madeAtOnce.add(code);
        const sources = new DiskSources();
        for (const { file, edits } of changes) sources.open(file, applyEdits(textOf(file), edits));
        const left = checkWorkspace(modelOf(files, sources)).filter((finding) => finding.code === code && finding.fix);
        assert.deepEqual(left.map(told), [], changes.map(({ file }) => sources.read(file)).join("\n"));
      }
    }
    assert.deepEqual([...madeAtOnce].sort(), [
      "action-not-exported",
      "equal-ranks",
      "floating-promise",
      "loop-ignores-deadline",
      "missing-result",
      "params-not-json",
      "poison-loop",
    ]);
  });

  it("let each finding be by a comment in the line before it, and no other", () => {
    for (const { files } of workspaces) {
      const model = modelOf(files);
      const before = checkWorkspace(model);
      for (const finding of before) {
        const [change] = ignoreFinding(model, finding)?.changes ?? [];
        assert.ok(change);
        const sources = new DiskSources();
        sources.open(change.file, applyEdits(textOf(change.file), change.edits));
        const others = before.filter(
          (other) => !(other.file === finding.file && other.code === finding.code && other.range.start.line === finding.range.start.line),
        );
        const after = checkWorkspace(modelOf(files, sources));
        assert.deepEqual(
          after.map(({ code }) => code),
          others.map(({ code }) => code),
          told(finding),
        );
      }
    }
  });
});
