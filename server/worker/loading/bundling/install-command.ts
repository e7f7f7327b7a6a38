import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { detect, LOCKS, resolveCommand } from "package-manager-detector";

/** Files that mark a directory in which packages are installed. */
const PROJECT_FILES = ["package.json", "deno.json", "deno.jsonc", ...Object.keys(LOCKS)];

/** How to install a package for the sources of a directory: the command to type, and where. */
export async function installCommand(name: string, from: string): Promise<{ readonly command: string; readonly directory: string }> {
  const agent = (await detect({ cwd: from }))?.agent ?? "npm";
  const { command, args } = resolveCommand(agent, "add", [name]) ?? { command: "npm", args: ["install", name] };
  return { command: [command, ...args].join(" "), directory: projectDirectory(from) };
}

function projectDirectory(from: string): string {
  for (let current = from; ; current = dirname(current)) {
    if (PROJECT_FILES.some((file) => existsSync(join(current, file)))) return current;
    if (dirname(current) === current) return from;
  }
}
