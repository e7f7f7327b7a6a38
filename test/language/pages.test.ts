import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKS, checkWorkspace, docsOf } from "../../server/language/index.ts";
import { errorsIn } from "./support/compile.ts";
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
    const groups: readonly { readonly properties: object }[] = contributes.configuration;
    const settings = groups.flatMap(({ properties }) => Object.keys(properties)).filter((key) => key.startsWith("backgroundTasks.checks."));
    assert.deepEqual(
      settings,
      CHECKS.map(({ code }) => `backgroundTasks.checks.${code}`),
    );
    for (const check of CHECKS) {
      const text = texts[`setting.checks.${check.code}`] ?? "";
      assert.ok(text.includes(docsOf(check)) && text.includes(`else \`${check.defaultSeverity}\`.`), text);
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

    it(`${check.code} says how to give it another severity, and how to let one place be`, () => {
      const page = readFileSync(join(pages, `${check.code}.md`), "utf8");
      assert.ok(page.includes(`{ "checks": { "${check.code}": "off" } }`));
      assert.ok(page.includes(`\`backgroundTasks.checks.${check.code}\``));
      assert.ok(page.includes(`// background-tasks-ignore-next-line ${check.code} --`));
    });
  }

  it("has examples that compile, as far as the types do not refuse the mistake as well", () => {
    const examples = CHECKS.flatMap(({ code }) => {
      const page = readFileSync(join(pages, `${code}.md`), "utf8");
      return [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = ""], index) => ({
        name: `${code} ${index}`,
        files: filesOf(example),
      }));
    });
    const files = examples.flatMap(({ name, files }) =>
      Object.entries(files).map(([file, text]) => [join("/w", name, file), text] as const),
    );
    const errors = [...errorsIn(new Map(files))].flatMap(([file, found]) => [...found].map((error) => `${file}: ${error}`));
    const refused = ["missing-result 0", "params-not-json 0"].map((name) => join("/w", name));
    assert.deepEqual(
      errors.filter((error) => !refused.some((name) => error.startsWith(name))),
      [],
    );
  }).timeout(60_000);
});
