import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKS, checkWorkspace, docsOf } from "../../server/language/index.ts";
import { workspaceOf } from "./support/sources.ts";

const repository = process.env.TEST_REPOSITORY ?? "";
const pages = join(repository, "docs/checks");
const IMPORT =
  'import { type ActionError, type ActionOptions, BackgroundTaskEx, BackgroundTaskExAction, cron, type Deadline, every, ScheduledProcess, weekly } from "background-task-ex";\n';

/** The files of an example: those it names in comments, or one. */
function filesOf(example: string): Record<string, string> {
  const [, ...parts] = example.split(/^\/\/ (\S+\.task\.ts)\n/m);
  if (parts.length === 0) return { "/w/example.task.ts": IMPORT + example };
  return Object.fromEntries(parts.flatMap((name, index) => (index % 2 === 0 ? [[`/w/${name}`, IMPORT + parts[index + 1]]] : [])));
}

describe("the page of a check", () => {
  it("is there for each check, and for no other", () => {
    const named = readdirSync(pages).filter((file) => file !== "README.md");
    assert.deepEqual(named.sort(), CHECKS.map(({ code }) => `${code}.md`).sort());
    const list = readFileSync(join(pages, "README.md"), "utf8");
    for (const { code, defaultSeverity } of CHECKS) assert.ok(list.includes(`| [${code}](${code}.md) | ${defaultSeverity} |`), code);
  });

  it("is named by a setting for its severity", () => {
    const { contributes } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(repository, "package.nls.json"), "utf8"));
    const settings = Object.keys(contributes.configuration.properties).filter((key) => key.startsWith("backgroundTasks.checks."));
    assert.deepEqual(
      settings,
      CHECKS.map(({ code }) => `backgroundTasks.checks.${code}`),
    );
    for (const check of CHECKS) {
      const text = texts[`setting.checks.${check.code}`] ?? "";
      assert.ok(text.includes(docsOf(check)) && text.includes(`else ${check.defaultSeverity}.`), text);
    }
  });

  for (const check of CHECKS) {
    it(`${check.code} shows what is reported, and what is not`, () => {
      const page = readFileSync(join(pages, `${check.code}.md`), "utf8");
      assert.ok(docsOf(check).endsWith(`/docs/checks/${check.code}.md`));
      assert.ok(page.startsWith(`# ${check.code}\n`));
      assert.ok(page.includes(`Severity: ${check.defaultSeverity}.`));
      const [bad, good] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = ""]) => {
        const { model } = workspaceOf(filesOf(example));
        for (const file of model.files()) assert.equal(model.file(file).isHalfWritten, false);
        return checkWorkspace(model).filter(({ code }) => code === check.code);
      });
      assert.ok(bad && bad.length > 0, "the first example is reported");
      assert.deepEqual(good, [], "the second one is not");
    });
  }
});
