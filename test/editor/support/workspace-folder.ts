import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";

const repository = process.env.TEST_REPOSITORY ?? process.cwd();
const dist = process.env.DIST ?? join(repository, "dist");

/** The one on PATH, as a person runs it: this may be executed by the editor's own. */
const NODE = "node";
/** What the sample tasks make; a copy begins without. */
const NOT_COPIED = new Set(["data", "results", ".background-tasks", "node_modules"]);

/** A folder with task files and the package installed in it, and the command line on it. Real files, in a directory of its own. */
export class WorkspaceFolder extends TaskFolder {
  /** One that is there already, e.g. the folder that the editor has opened. */
  static at(directory: string): WorkspaceFolder {
    return new WorkspaceFolder(directory);
  }

  /** One in which there is nothing at all. */
  static async empty(): Promise<WorkspaceFolder> {
    return new WorkspaceFolder(makeTemporaryDirectory());
  }

  /** A copy of sample-tasks with its data made. */
  static async ofSamples(): Promise<WorkspaceFolder> {
    const folder = await WorkspaceFolder.#create();
    const source = join(repository, "sample-tasks");
    await cp(source, folder.directory, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
    await folder.makeSampleData();
    return folder;
  }

  /** Names, which may contain folders, to texts. */
  static async of(files: Readonly<Record<string, string>>): Promise<WorkspaceFolder> {
    const folder = await WorkspaceFolder.#create();
    await folder.writeAll(files);
    return folder;
  }

  static async #create(): Promise<WorkspaceFolder> {
    const folder = new WorkspaceFolder(makeTemporaryDirectory());
    await folder.#install();
    return folder;
  }

  /** Makes the data of the sample tasks anew. */
  async makeSampleData(): Promise<void> {
    await promisify(execFile)(NODE, [this.path("make-data.mjs")]);
  }

  /** Replaces the only place of a file that has the text. */
  async replace(name: string, text: string, replacement: string): Promise<void> {
    const parts = (await this.read(name)).split(text);
    if (parts.length !== 2) throw new Error(`“${text}” is in ${name} ${parts.length - 1} times.`);
    await this.write(name, parts.join(replacement));
  }

  /** 0-based number of the first line of a file that has the text. */
  async lineOf(name: string, text: string): Promise<number> {
    const line = (await this.read(name)).split("\n").findIndex((candidate) => candidate.includes(text));
    if (line < 0) throw new Error(`No line of ${name} has “${text}”.`);
    return line;
  }

  /** Runs `background-tasks <args> --json` as a process of its own. Exit code 1, an action has failed, is for the test to judge. */
  async cli<Document = unknown>(...args: readonly string[]): Promise<Document> {
    const { code, output, messages } = await this.#command([...args, "--json"]);
    if (code !== 0 && code !== 1) throw new Error(`background-tasks ${args.join(" ")} ended with ${code}:\n${messages}`);
    return JSON.parse(output);
  }

  /** Creates a task and returns its id. */
  async create(className: string, params: object = {}, ...options: readonly string[]): Promise<string> {
    return (await this.cli<{ id: string }>("create", className, "--params", JSON.stringify(params), ...options)).id;
  }

  /** As `npm install background-task-ex @types/node` does: the editor's own TypeScript looks there for the types. */
  async #install(): Promise<void> {
    const packageDirectory = this.path("node_modules/background-task-ex");
    await mkdir(packageDirectory, { recursive: true });
    await cp(join(repository, "package.json"), join(packageDirectory, "package.json"));
    await symlink(dist, join(packageDirectory, "dist"), "junction");
    await mkdir(this.path("node_modules/@types"));
    for (const name of ["@types/node", "undici-types"]) {
      await symlink(join(repository, "node_modules", name), this.path("node_modules", name), "junction");
    }
  }

  async #command(args: readonly string[]) {
    const child = spawn(NODE, [join(dist, "cli.js"), "--workspace", this.directory, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let messages = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      messages += text;
    });
    const [code] = await once(child, "close");
    return { code, output, messages };
  }
}
