import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { CLI, runCommand } from "./support/command.ts";
import { Workspace } from "./support/workspace.ts";

/** Runs a command on a pseudo-terminal of 80 columns and prints what arrived there. */
const ON_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

const ESCAPE = "\u001b";

const hasTerminals = process.platform !== "win32" && spawnSync("python3", ["-c", "import pty, os; os.waitstatus_to_exitcode"]).status === 0;

describe("on a terminal", () => {
  let workspace: Workspace;
  before(async function () {
    if (!hasTerminals) this.skip();
    workspace = await Workspace.create("counting", "failing");
  });
  after(() => workspace?.remove());

  function onTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
    const { stdout } = spawnSync("python3", ["-c", ON_TERMINAL, process.execPath, CLI, ...args], {
      cwd: workspace.directory,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: "xterm-256color", ...env },
    });
    return stdout;
  }

  it("a tick shows a progress bar with percentage and message, and takes it away", async () => {
    const id = await workspace.createTask("Endless", { rounds: 0 });
    const output = onTerminal(["tick", "--max-execution-time", "2"]);
    assert.match(output, /Endless\/Hash.*█+.*░+.* \d+% \(\d+ of 100\).*hashing/);
    assert.doesNotMatch(output, /\[Endless\/Hash\] started/);
    const end = output.slice(output.lastIndexOf("hashing"));
    assert.match(end.replaceAll(ESCAPE, "<ESC>"), /<ESC>\[2K[\s\S]*Endless[\s\S]*paused/, "the bar is erased before the report");
    assert.ok(output.lastIndexOf(`${ESCAPE}[?25h`) > output.lastIndexOf(`${ESCAPE}[?25l`), "the cursor is shown again");
    await workspace.run("cancel", id);
    await workspace.run("tick");
  });

  it("there are colours, unless NO_COLOR says otherwise", async () => {
    await workspace.createTask("Failing");
    onTerminal(["tick"]);
    assert.ok(onTerminal(["list"]).includes(`${ESCAPE}[31mRangeError: out of range${ESCAPE}[39m`));
    assert.ok(!onTerminal(["list"], { NO_COLOR: "1" }).includes(ESCAPE));
    assert.ok(!onTerminal(["list"], { TERM: "dumb" }).includes(ESCAPE));
    assert.ok(!(await workspace.run("list")).stdout.includes(ESCAPE));
  });

  it("the command line says whether there are colours, before the environment, and FORCE_COLOR before NO_COLOR", async () => {
    const red = `${ESCAPE}[31merror:${ESCAPE}[39m`;
    const cases = [
      { args: ["--no-color"], env: {}, terminal: false, pipe: false },
      { args: ["--color"], env: { NO_COLOR: "1" }, terminal: true, pipe: true },
      { args: ["--no-color"], env: { FORCE_COLOR: "1" }, terminal: false, pipe: false },
      { args: ["--no-color", "--color"], env: {}, terminal: true, pipe: true },
      { args: [], env: { FORCE_COLOR: "1" }, terminal: true, pipe: true },
      { args: [], env: { FORCE_COLOR: "1", NO_COLOR: "1", TERM: "dumb" }, terminal: true, pipe: true },
      { args: [], env: { FORCE_COLOR: "0" }, terminal: false, pipe: false },
      { args: [], env: { FORCE_COLOR: "" }, terminal: true, pipe: false },
    ];
    for (const { args, env, ...expected } of cases) {
      const command = ["show", "no-such-task", ...args];
      const options = { cwd: workspace.directory, env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } };
      const pipe = (await runCommand(command, options)).stderr;
      const seen = { terminal: onTerminal(command, env).includes(red), pipe: pipe.includes(red) };
      assert.deepEqual(seen, expected, JSON.stringify({ args, env }));
    }
  });

  it("a progress bar without colours draws in none", async () => {
    const id = await workspace.createTask("Endless", { rounds: 0 });
    const output = onTerminal(["tick", "--max-execution-time", "1", "--no-color"]);
    assert.match(output, /Endless\/Hash.*█/);
    assert.ok(!new RegExp(`${ESCAPE}\\[\\d+m`).test(output), output);
    await workspace.run("cancel", id);
    await workspace.run("tick");
  });

  it("a list fits into 80 columns, and is not cut short in a pipe", async () => {
    const name = "a name that goes on and on and on, much longer than any terminal would like a name to be";
    await workspace.createTask("Count", { to: 1, count: 0 }, "--name", name);
    const lines = onTerminal(["list"], { NO_COLOR: "1" }).split("\r\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.ok(lines.some((line) => line.includes("a name that goes on") && line.includes("…")));
    assert.ok((await workspace.run("list")).stdout.includes(name));
  });

  it("JSON is laid out for people; in a pipe it is one line", async () => {
    assert.match(onTerminal(["list", "--json"]), /^\{\r\n {2}"tasks": \[/);
    assert.equal((await workspace.run("list", "--json")).stdout.split("\n").length, 2);
  });
});

describe("in a pipe", () => {
  it("a reader that leaves early does not stop the work, or make it fail", async function () {
    if (process.platform === "win32") this.skip();
    const workspace = await Workspace.create("counting");
    try {
      for (let i = 0; i < 3; i++) await workspace.createTask("Count", { to: 1, count: 0 });
      const { status, stdout, stderr } = spawnSync(
        "sh",
        ["-c", '"$0" "$@" | true; "$0" "$1" list --json | head -c 10', process.execPath, CLI, "tick"],
        {
          cwd: workspace.directory,
          encoding: "utf8",
        },
      );
      assert.equal(status, 0);
      assert.equal(stdout.length, 10);
      assert.doesNotMatch(stderr, /EPIPE|error/i);
      assert.deepEqual(JSON.parse((await runCommand(["list", "--json"], { cwd: workspace.directory })).stdout), { tasks: [] });
    } finally {
      await workspace.remove();
    }
  });
});
