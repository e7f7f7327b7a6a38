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

/** Returns the package manager in use, by the nearest lockfile or package.json upward; npm by default. */
export async function packageManagerOf(directory: string): Promise<Agent> {
  return (await detect({ cwd: directory }))?.agent ?? "npm";
}

/** Returns one command that installs the packages in package.json if none is undeclared; else one command per undeclared package. */
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
    // Exact, because `^` is special in some shells; package managers add it to package.json themselves.
    return resolved(agent, "add", [...development, ...atTop, `${name}@${versions[name]}`]);
  });
}

/** Returns the command as a user would type it. */
export function inWords({ command, args }: PackageCommand): string {
  return [command, ...args].join(" ");
}

function resolved(agent: Agent, command: "add" | "install", args: string[]): PackageCommand {
  const found = resolveCommand(agent, command, args);
  if (!found) throw new Error(`${agent} cannot ${command} packages.`);
  return found;
}

/** Returns the option that some package managers require to add packages at the top of a monorepo. */
function topArguments(agent: Agent): string[] {
  if (agent.startsWith("pnpm")) return ["-w"];
  return agent === "yarn" ? ["-W"] : [];
}

async function isTopOfSeveral(directory: string): Promise<boolean> {
  if (existsSync(join(directory, "pnpm-workspace.yaml"))) return true;
  return "workspaces" in JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
}
