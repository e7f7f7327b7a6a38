import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist, repository } from "./sample-workspace.ts";

describe("the quick start of the README", function () {
  this.timeout(180_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "background-tasks-quick-start-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it("does what it says, command by command", async () => {
    const readme = await readFile(join(repository, "README.md"), "utf8");
    const taskFile = /^```ts\n(.*?)^```/ms.exec(readme)?.[1] ?? "";
    await writeFile(join(directory, "clean-up.task.ts"), taskFile);
    await mkdir(join(directory, "uploads"));
    for (const name of ["a.tmp", "b.txt", "c.tmp"]) await writeFile(join(directory, "uploads", name), "");

    const commands = [...readme.matchAll(/^npx background-tasks (.+)$/gm)].map(([, words = ""]) => words.replaceAll("'", "").split(" "));
    assert.deepEqual(
      commands.map(([command]) => command),
      ["create", "drain", "history"],
    );
    const outputs = commands.map((words) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "cli.js"), ...words], {
        cwd: directory,
        encoding: "utf8",
      });
      assert.equal(status, 0, `${words.join(" ")}: ${stderr}`);
      return stdout;
    });

    assert.deepEqual(await readdir(join(directory, "uploads")), ["b.txt"]);
    assert.match(outputs.at(-1) ?? "", /CleanUp.*finished/s);
  });
});
