import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { runCommand } from "./support/command.ts";

const COMMANDS = [
  "tick",
  "drain",
  "serve",
  "create",
  "list",
  "show",
  "history",
  "edit",
  "reassign",
  "retry",
  "cancel",
  "pause",
  "resume",
  "classes",
  "schedules",
  "check",
  "lsp",
];
const run = (...args: readonly string[]) => runCommand(args, { cwd: process.cwd() });

describe("help", () => {
  it("names every command", async () => {
    const { code, stdout, stderr } = await run("--help");
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^ {2}${command}\\b`, "m"));
  });

  for (const command of COMMANDS) {
    it(`of ${command} has its use, its options, examples and exit codes`, async () => {
      const { code, stdout } = await run(command, "--help");
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: background-tasks ${command} `));
      for (const part of [
        "Options:",
        "--workspace <directory>",
        "--json",
        "Examples:",
        `$ background-tasks ${command}`,
        "Exit codes:\n  0  ",
      ]) {
        assert.ok(stdout.includes(part), `${part} in\n${stdout}`);
      }
      const tooWide = stdout.split("\n").filter((line) => line.length > 80 && !line.includes("$ "));
      assert.deepEqual(tooWide, []);
    });
  }

  it("comes on stderr, with exit code 2, when no command is given", async () => {
    const { code, stdout, stderr } = await run();
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^Usage: background-tasks/);
  });

  it("tells the version of the package", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    for (const option of ["--version", "-v", "-V"]) assert.deepEqual(await run(option), { code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
