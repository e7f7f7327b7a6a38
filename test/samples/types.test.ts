import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { dist, repository } from "./sample-workspace.ts";

describe("what people copy", function () {
  this.timeout(180_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "background-tasks-types-"));
    await cp(join(repository, "sample-tasks"), directory, {
      recursive: true,
      filter: (source) => !/^(data|results|\..*)$/.test(basename(source)),
    });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it("sample tasks fit the declarations that ship", async () => {
    assert.equal(await typeErrors(), "");
  });

  it("a sample with wrong params for its action does not", async () => {
    const file = join(directory, "fails-on-purpose.task.ts");
    await writeFile(
      file,
      (await readFile(file, "utf8"))
        .replace("BackgroundTaskEx<Params>", "BackgroundTaskEx<{ settings: number }>")
        .replace("satisfies Actions<Params>", "satisfies Actions<{ settings: number }>"),
    );
    assert.match(await typeErrors(), /fails-on-purpose\.task\.ts\(\d+,\d+\): error TS\d+: Type 'typeof ApplySettings' is not assignable/);
  });

  it("the code of the README does", async () => {
    const readme = await readFile(join(repository, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code ?? "");
    const files = ["clean-up.task.ts", "import-rows.task.ts", "import-all-rows.task.ts", "nightly-import.task.ts", "embedded.task.ts"];
    assert.equal(blocks.length, files.length);
    for (const [index, file] of files.entries()) await writeFile(join(directory, file), blocks[index] ?? "");
    await writeFile(
      join(directory, "rows.ts"),
      "export declare function importRows(from: { file: string; row: number; chunkSize: number }): Promise<{ read: number; total: number }>;\n",
    );
    assert.equal(await typeErrors(), "");
  });

  /** As an editor would find them, with this repository's declarations in the place of an installed package. */
  async function typeErrors(): Promise<string> {
    const compilerOptions = {
      paths: { "background-task-ex": [join(dist, "index.d.ts")] },
      typeRoots: [join(repository, "node_modules/@types")],
      allowImportingTsExtensions: true,
    };
    await writeFile(join(directory, "tsconfig.test.json"), JSON.stringify({ extends: "./tsconfig.json", compilerOptions }));
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", "tsconfig.test.json"], { cwd: directory, encoding: "utf8" }).stdout;
  }
});
