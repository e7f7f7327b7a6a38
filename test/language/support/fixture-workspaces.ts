import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DiskSources, SourceModel } from "../../../server/language/index.ts";

const fixtures = join(process.env.TEST_REPOSITORY ?? "", "test/language/fixtures");

/** Files that belong together. */
export interface FixtureWorkspace {
  readonly name: string;
  readonly files: readonly string[];
}

/** Each file of the folder by itself, each folder in it as one workspace. */
export function fixtureWorkspaces(folder: string): FixtureWorkspace[] {
  const root = join(fixtures, folder);
  return readdirSync(root)
    .sort()
    .map((entry) => {
      const path = join(root, entry);
      const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map((file) => join(path, String(file))) : [path];
      return { name: entry, files: files.filter((file) => statSync(file).isFile()) };
    });
}

export function modelOf(files: readonly string[], sources = new DiskSources()): SourceModel {
  const model = new SourceModel(sources);
  model.taskFiles = files.filter((file) => /\.task\.[mc]?[jt]s$/.test(basename(file)));
  return model;
}

export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}
