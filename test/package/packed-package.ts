import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = process.cwd();

/** The package as it is published, built and packed from the sources, in a project that has installed it. */
export class PackedPackage {
  readonly #directory = mkdtempSync(join(tmpdir(), "background-task-ex-package-"));
  /** The installing project. */
  readonly project = join(this.#directory, "project");
  /** The file that would be published. */
  readonly tarball: string;
  /** The installed package. */
  readonly installed = join(this.project, "node_modules/background-task-ex");

  constructor() {
    const source = join(this.#directory, "source");
    for (const file of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "sample-tasks"]) {
      cpSync(join(ROOT, file), join(source, file), { recursive: true });
    }
    const env = { ...process.env, DIST: join(source, "dist"), NODE_OPTIONS: "" };
    run(process.execPath, [join(ROOT, "scripts/build.mjs")], ROOT, env);
    run(process.execPath, [join(ROOT, "scripts/declarations.mjs")], ROOT, env);
    run(process.execPath, [join(ROOT, "node_modules/typedoc/bin/typedoc"), "--out", join(source, "docs/api")], ROOT, env);
    npm(["pack", "--ignore-scripts", "--silent"], source);
    this.tarball = join(source, readdirSync(source).find((name) => name.endsWith(".tgz")) ?? "");
    mkdirSync(this.installed, { recursive: true });
    run("tar", ["-xzf", this.tarball, "-C", this.installed, "--strip-components", "1"], source);
    // What an install brings besides: the dependencies, and the types that Node programs have.
    mkdirSync(join(this.project, "node_modules/@types"), { recursive: true });
    for (const name of ["esbuild", "@esbuild", "@types/node", "undici-types"]) {
      symlinkSync(join(ROOT, "node_modules", name), join(this.project, "node_modules", name), "junction");
    }
  }

  /** The packed files, with `/` between their parts. */
  files(): string[] {
    return readdirSync(this.installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(this.installed.length + 1)
          .replaceAll("\\", "/"),
      );
  }

  /** What a program of the project prints. */
  node(...args: string[]): string {
    return run(process.execPath, args, this.project, { ...process.env, NODE_OPTIONS: "" });
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function npm(args: string[], cwd: string): void {
  const script = process.env.npm_execpath;
  if (script?.endsWith("js")) run(process.execPath, [script, ...args], cwd);
  // On Windows npm is a script that only a shell can start; the arguments are ours.
  else execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" });
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
