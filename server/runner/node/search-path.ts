import { stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/** The Nodes on the PATH, in its order. On Windows only real binaries: scripts cannot be started without a shell. */
export async function findOnPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string[]> {
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const directories = new Set((env[key] ?? "").split(delimiter).filter(isAbsolute));
  const files = [...directories].map((directory) => join(directory, platform === "win32" ? "node.exe" : "node"));
  const found = await Promise.all(files.map(isFile));
  return files.filter((_, index) => found[index]);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
