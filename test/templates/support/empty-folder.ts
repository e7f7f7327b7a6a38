import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ShippedPackages } from "../../../client/new-task-file/shipped-packages.ts";
import { writeStarterFiles } from "../../../client/new-task-file/starter-files.ts";
import { fillTemplate, type Template } from "../../../client/new-task-file/templates.ts";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory, removeDirectory } from "../../support/temporary-directory.ts";

/** Tests are run there. */
const repository = process.cwd();
const dist = process.env.DIST ?? join(repository, "dist");
const NOTHING_MORE = ["--noImplicitOverride", "--exactOptionalPropertyTypes", "--noPropertyAccessFromIndexSignature", "--noUnusedLocals"];

/** A folder in which there is nothing but what New Task File writes. */
export class EmptyFolder extends TaskFolder {
  constructor() {
    super(makeTemporaryDirectory());
  }

  async readJson(name: string): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await this.read(name));
  }

  /** What the command does where nothing is there. */
  async begin(): Promise<void> {
    const shipped = shippedPackages();
    await writeStarterFiles(this.directory, await shipped.versions());
    await shipped.copyTo(this.directory);
  }

  async writeTemplate(
    template: Template,
    { className = template.className, file = `${template.name}.task.ts`, namesNodeTypes = false } = {},
  ): Promise<void> {
    await this.write(file, fillTemplate(template, className, namesNodeTypes));
  }

  /** What the compiler says, in the configuration that was written; `strictest`: with all that others may have switched on. */
  typeErrors({ strictest = false } = {}): string {
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", ".", ...(strictest ? NOTHING_MORE : [])], {
      cwd: this.directory,
      encoding: "utf8",
    });
    return stdout;
  }

  /** Runs `background-tasks` in the folder; rejects unless it ends well. */
  async run<Document>(...args: readonly string[]): Promise<Document> {
    const { stdout } = await promisify(execFile)(process.execPath, [join(dist, "cli.js"), ...args, "--json"], { cwd: this.directory });
    return JSON.parse(stdout);
  }
}

let extension: string | undefined;

/** Of the checkout, with the build that is under test. */
export function shippedPackages(): ShippedPackages {
  if (extension === undefined) {
    extension = makeTemporaryDirectory();
    symlinkSync(dist, join(extension, "dist"), "junction");
    symlinkSync(join(repository, "node_modules"), join(extension, "node_modules"), "junction");
    copyFileSync(join(repository, "package.json"), join(extension, "package.json"));
  }
  return new ShippedPackages(extension);
}

// Outside of any describe: after all tests of all files.
after(() => extension !== undefined && removeDirectory(extension));
