import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { repository } from "./sample-workspace.ts";
import { typeErrors } from "./type-errors.ts";

describe("what people copy", function () {
  this.timeout(180_000);
  let directory: string;
  beforeEach(async () => {
    directory = makeTemporaryDirectory();
    await cp(join(repository, "sample-tasks"), directory, {
      recursive: true,
      filter: (source) => !/^(data|results|\..*)$/.test(basename(source)),
    });
  });
  afterEach(() => removeDirectory(directory));

  it("sample tasks fit the declarations that ship", async () => {
    assert.equal(await typeErrors(directory), "");
  });

  it("a sample with wrong params for its action does not", async () => {
    const file = join(directory, "fails-on-purpose.task.ts");
    await writeFile(
      file,
      (await readFile(file, "utf8"))
        .replace("BackgroundTaskEx<Params>", "BackgroundTaskEx<{ settings: number }>")
        .replace("satisfies Actions<Params>", "satisfies Actions<{ settings: number }>"),
    );
    assert.match(
      await typeErrors(directory),
      /fails-on-purpose\.task\.ts\(\d+,\d+\): error TS\d+: Type 'typeof ApplySettings' is not assignable/,
    );
  });
});
