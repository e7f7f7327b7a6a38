import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Agent, detect, resolveCommand } from "package-manager-detector";
import { ENGINE_PACKAGE, type PackageName, type PackageVersions } from "./package-names.ts";

/** A program and its arguments, to be run in the directory of a package.json. */
export interface PackageCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** The package manager in use there, by lockfile or package.json, upward; npm where nothing tells. */
export async function packageManagerOf(directory: string): Promise<Agent> {
  return (await detect({ cwd: directory }))?.agent ?? "npm";
}

/** One command that installs what package.json names when nothing is undeclared; else one each for run time and development. */
export async function packageCommands(
  agent: Agent,
  directory: string,
  undeclared: readonly PackageName[],
  versions: PackageVersions,
): Promise<readonly PackageCommand[]> {
  if (undeclared.length === 0) return [resolved(agent, "install", [])];
  const atTop = (await isTopOfSeveral(directory)) ? topArguments(agent) : [];
  return undeclared.map((name) => {
    const development = name === ENGINE_PACKAGE ? [] : [agent === "bun" ? "-d" : "-D"];
    // Exact, because `^` is no ordinary character for every shell; package managers save it with one.
    return resolved(agent, "add", [...development, ...atTop, `${name}@${versions[name]}`]);
  });
}

/** As a person would type it. */
export function inWords({ command, args }: PackageCommand): string {
  return [command, ...args].join(" ");
}

function resolved(agent: Agent, command: "add" | "install", args: string[]): PackageCommand {
  const found = resolveCommand(agent, command, args);
  if (!found) throw new Error(`${agent} cannot ${command} packages.`);
  return found;
}

/** These refuse to add to the package.json at the top of a monorepo, unless one says that it is meant. */
function topArguments(agent: Agent): string[] {
  if (agent.startsWith("pnpm")) return ["-w"];
  return agent === "yarn" ? ["-W"] : [];
}

async function isTopOfSeveral(directory: string): Promise<boolean> {
  if (existsSync(join(directory, "pnpm-workspace.yaml"))) return true;
  return "workspaces" in JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
}
