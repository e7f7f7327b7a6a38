import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dist, repository } from "./sample-workspace.ts";

/**
 * What the compiler says of a folder with the samples' `tsconfig.json`, as an editor would find it, with this repository's declarations in
 * the place of an installed package.
 *
 * @param include instead of the task files.
 */
export async function typeErrors(directory: string, include?: readonly string[]): Promise<string> {
  const compilerOptions = {
    paths: { "background-task-ex": [join(dist, "index.d.ts")] },
    typeRoots: [join(repository, "node_modules/@types")],
  };
  await writeFile(join(directory, "tsconfig.test.json"), JSON.stringify({ extends: "./tsconfig.json", compilerOptions, include }));
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", "tsconfig.test.json"], { cwd: directory, encoding: "utf8" }).stdout;
}
