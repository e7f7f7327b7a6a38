import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParseError, parse } from "jsonc-parser";
import { readWorkspaceConfig } from "../../server/workspace/workspace-config.ts";
import { typeErrors } from "../samples/type-errors.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { allPages, repository } from "./support/page.ts";

/** What an example imports of a project's own. */
const ROWS =
  "export declare function importRows(from: { file: string; row: number; chunkSize: number }): Promise<{ read: number; total: number }>;\n";

/** A connection to a database as the package postgres has it. */
const DATABASE = `
type Query = (text: TemplateStringsArray, ...values: unknown[]) => Promise<Record<string, unknown>[]>;
export declare const sql: { begin<Result>(work: (transaction: Query) => Promise<Result>): Promise<Result> };
`;

describe("Examples in the documentation", function () {
  this.timeout(120_000);
  // The pages of the checks show mistakes; test/language compiles them.
  const pages = allPages().filter(({ path }) => !path.startsWith("docs/checks/"));
  let directory: string;
  beforeEach(() => {
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));

  it("compile with the tsconfig.json of docs/writing-tasks.md, which is that of the samples", async () => {
    const blocks = pages.flatMap((page) => page.blocks.filter(({ lang }) => lang === "ts").map(({ text }) => ({ page: page.path, text })));
    const files = blocks.map(({ page, text }) => {
      const [, name] = /^\/\/ ([\w.-]+\.ts)\n/.exec(text) ?? [];
      assert.ok(name, `An example in ${page} does not begin with the name of its file.`);
      return { name, text };
    });
    assert.equal(new Set(files.map(({ name }) => name)).size, files.length, "two examples have the same file");
    assert.ok(files.length >= 5);
    for (const { name, text } of files) await writeFile(join(directory, name), `${text}\n`);
    await writeFile(join(directory, "rows.ts"), ROWS);
    await writeFile(join(directory, "database.ts"), DATABASE);
    const [tsconfig] = pages.find(({ path }) => path === "docs/writing-tasks.md")?.blocks.filter(({ lang }) => lang === "json") ?? [];
    assert.equal(`${tsconfig?.text}\n`, await readFile(join(repository, "sample-tasks/tsconfig.json"), "utf8"));
    await writeFile(join(directory, "tsconfig.json"), tsconfig?.text ?? "");
    assert.equal(await typeErrors(directory, ["*.ts"]), "");
  });

  it("are JSON where they say so", () => {
    const wrong = pages.flatMap((page) =>
      page.blocks
        .filter(({ lang }) => lang === "json" || lang === "jsonc")
        .flatMap(({ text }) => {
          const errors: ParseError[] = [];
          parse(text, errors);
          return errors.length > 0 ? [`${page.path}: ${text}`] : [];
        }),
    );
    assert.deepEqual(wrong, []);
  });

  it("have a configuration with every key there is, none of them wrong", async () => {
    const page = pages.find(({ path }) => path === "docs/command-line.md");
    const [block] = page?.blocks.filter(({ lang }) => lang === "json") ?? [];
    await writeFile(join(directory, "background-tasks.config.json"), block?.text ?? "");
    assert.deepEqual(Object.keys(readWorkspaceConfig(directory)).sort(), ["checks", "durability", "grace", "include", "maxExecutionTime"]);
  });
});
