import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { dist, repository } from "./sample-workspace.ts";

describe("the quick start of the README in a terminal", function () {
  this.timeout(180_000);
  let directory: string;
  beforeEach(() => {
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));

  it("does what it says, command by command", async () => {
    const readme = await readFile(join(repository, "README.md"), "utf8");
    const taskFile = /^```ts\n(.*?)^```/ms.exec(readme)?.[1] ?? "";
    await writeFile(join(directory, "clean-up.task.ts"), taskFile);
    const [, commands = ""] = /^```sh\n(npm install background-task-ex\n.*?)^```/ms.exec(readme) ?? [];
    const [, ...lines] = commands.trimEnd().split("\n");
    const outputs = lines.map((line) => {
      const [, words] = /^npx --no background-tasks (.+)$/.exec(line) ?? [];
      const { status, stdout, stderr } =
        words === undefined
          ? spawnSync(line, { cwd: directory, encoding: "utf8", shell: true })
          : spawnSync(process.execPath, [join(dist, "cli.js"), ...words.replaceAll("'", "").split(" ")], {
              cwd: directory,
              encoding: "utf8",
            });
      assert.equal(status, 0, `${line}: ${stderr}`);
      return stdout;
    });
    assert.deepEqual(
      lines.map((line) => line.split(" ").slice(0, 4).join(" ")),
      [
        "mkdir uploads",
        "echo old > uploads/old.tmp",
        "echo new > uploads/new.txt",
        "npx --no background-tasks create",
        "npx --no background-tasks drain",
        "npx --no background-tasks history",
      ],
    );

    assert.deepEqual(await readdir(join(directory, "uploads")), ["new.txt"]);
    assert.match(outputs.at(-1) ?? "", /CleanUp.*finished/s);
  });
});
