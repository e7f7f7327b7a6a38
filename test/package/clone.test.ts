import assert from "node:assert/strict";
import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { isThorough } from "../support/thoroughness.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** Time-bounded: npm installs all tools of the repository, and builds. */
const MINUTES = 10;

describe("A clone of the repository", function () {
  this.timeout(MINUTES * 60_000);
  let directory: string;
  let clone: string;
  before(() => {
    directory = makeTemporaryDirectory();
    clone = join(directory, "clone");
    commitWorkingTree(clone);
  });
  after(() => removeDirectory(directory));

  it("gives the package to `npm pack`, which sets up what it needs", () => {
    // Elsewhere than in CI, with the packages that are installed here: npm takes a minute for them.
    if (!isThorough) symlinkSync(join(process.cwd(), "node_modules"), join(clone, "node_modules"), "junction");
    npm(["pack", "--silent"], clone);
    const [tarball = ""] = readdirSync(clone).filter((name) => name.endsWith(".tgz"));
    const files = execFileSync("tar", ["-tzf", tarball], { cwd: clone, encoding: "utf8" }).split("\n");
    for (const file of ["dist/cli.js", "dist/index.js", "dist/index.d.ts", "docs/api/README.md"]) {
      assert.ok(files.includes(`package/${file}`), `${file} is missing.`);
    }
    assert.equal(
      execFileSync("git", ["status", "--porcelain", "--", ".", ":!node_modules"], { cwd: clone, encoding: "utf8" }),
      "",
      "it leaves nothing to commit",
    );
  });

  it("builds nothing, and says so, when npm has installed no tools (--omit=dev)", () => {
    const bare = join(directory, "bare");
    for (const file of ["package.json", "scripts/set-up.mjs"]) cpSync(join(clone, file), join(bare, file));
    const { status, stderr } = spawnSync(process.execPath, ["scripts/set-up.mjs", "--installed"], { cwd: bare, encoding: "utf8" });
    assert.deepEqual(
      [status, stderr.trim()],
      [0, "dist/ is not built: esbuild and rollup-plugin-dts and typescript are not installed (--omit=dev)."],
    );
    assert.equal(existsSync(join(bare, "dist")), false);
  });

  // npm installs everything for its own copy of the repository: minutes.
  if (isThorough) {
    it("is the dependency of a project, with library, types and commands", () => {
      const project = join(directory, "project");
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), '{ "name": "project", "version": "1.0.0" }\n');
      npm(["install", "--no-audit", "--no-fund", `git+${pathToFileURL(clone).href}`], project);

      const program = 'import { weekly } from "background-task-ex"; console.log(typeof weekly);';
      assert.equal(
        execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: project, encoding: "utf8" }),
        "function\n",
      );
      assert.ok(existsSync(join(project, "node_modules/background-task-ex/dist/index.d.ts")));
      for (const name of ["background-tasks", "background-task-ex"]) {
        assert.equal(npm(["exec", "--no", "--offline", "--", name, "--version"], project).trim(), version, name);
      }
    });
  }
});

/** What `git clone` would give if everything were committed. */
function commitWorkingTree(clone: string): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" }).split("\0");
  for (const file of files) {
    if (file === "" || !existsSync(file)) continue;
    mkdirSync(join(clone, dirname(file)), { recursive: true });
    cpSync(file, join(clone, file));
  }
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", ...args], { cwd: clone, stdio: "ignore" });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "All files");
}

function npm(args: readonly string[], cwd: string): string {
  const script = process.env.npm_execpath;
  // The clone builds into its own dist/.
  const { DIST: _ofTheseTests, ...env } = process.env;
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, NODE_OPTIONS: "" },
  };
  if (script?.endsWith("js")) return execFileSync(process.execPath, [script, ...args], options);
  // On Windows npm is a script that only a shell can start; the arguments are ours.
  return execFileSync("npm", args, { ...options, shell: process.platform === "win32" });
}
