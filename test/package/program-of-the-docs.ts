import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The program of docs/embedding.md with the README's task file, and the commands that the page gives for it. */
export class ProgramOfTheDocs {
  readonly #project: string;

  /** @param project a folder with the package in its `node_modules`. */
  constructor(project: string) {
    this.#project = project;
    for (const page of ["README.md", "docs/embedding.md"]) {
      const [, name = "", text = ""] = /^```ts\n\/\/ (\S+)\n(.*?)^```/ms.exec(readFileSync(page, "utf8")) ?? [];
      writeFileSync(join(project, name), text);
    }
  }

  /** The commands of one block of the page, the n-th that is for a shell. */
  static commands(block: number): readonly string[] {
    const blocks = [...readFileSync("docs/embedding.md", "utf8").matchAll(/^```sh\n(.*?)^```/gms)];
    return blocks[block]?.[1]?.trimEnd().split("\n") ?? [];
  }

  /** Removes what earlier runs have left, and makes what the program works on. */
  prepare(): void {
    for (const name of [".background-tasks", "uploads", "embedded.mjs"])
      rmSync(join(this.#project, name), { recursive: true, force: true });
    mkdirSync(join(this.#project, "uploads"));
    writeFileSync(join(this.#project, "uploads/old.tmp"), "");
    writeFileSync(join(this.#project, "package.json"), '{ "type": "module" }\n');
  }

  /** Executes `node …`, or `npx --no esbuild -- …`, by this Node. Returns what it printed. */
  run(command: string, node: string): string {
    const [, program = "", words = ""] = /^(node|npx --no esbuild --) (.+)$/.exec(command) ?? [];
    const build = program === "node" ? [] : [join(this.#project, "node_modules/esbuild/bin/esbuild")];
    const { stdout, stderr, status } = spawnSync(node, [...build, ...words.split(" ")], {
      cwd: this.#project,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stderr}`);
    return stdout;
  }
}
