import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";

export const LEAST_NODE_VERSION = "20.19";
/** Milliseconds; the first start of a binary that a virus scanner inspects takes long. */
const PROBE_TIME = 15_000;

export type ProbedVersion =
  | { readonly version: string; readonly problem?: undefined }
  | { readonly version?: undefined; readonly problem: string };

const known = new Map<string, Promise<ProbedVersion>>();

/** Determines the version of a Node by running it once; again only if the file was replaced. */
export async function nodeVersion(path: string, env: NodeJS.ProcessEnv): Promise<ProbedVersion> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return { problem: "the file does not exist" };
  const key = `${path} ${stats.mtimeMs} ${stats.size}`;
  const probed = known.get(key) ?? probe(path, env);
  known.set(key, probed);
  const result = await probed;
  // The machine may have been busy.
  if (result.version === undefined) known.delete(key);
  return result;
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE_VERSION.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function probe(path: string, env: NodeJS.ProcessEnv): Promise<ProbedVersion> {
  const { NODE_OPTIONS: _options, ...clean } = env;
  const options = { env: clean, timeout: PROBE_TIME, killSignal: "SIGKILL" as const, windowsHide: true };
  return new Promise((resolve) => {
    execFile(path, ["-p", "process.versions.node"], options, (error, stdout) => {
      const version = /^\d+\.\d+\.\d+\S*$/.exec(stdout.trim())?.[0];
      if (!error && version) resolve({ version });
      else resolve({ problem: error ? reasonOf(error) : "it is not Node" });
    });
  });
}

function reasonOf(error: Error & { code?: string | number | null; killed?: boolean }): string {
  if (error.killed) return "it did not respond";
  if (error.code === "EACCES") return "it is not executable";
  return typeof error.code === "number" ? `it ended with exit code ${error.code}` : error.message;
}
