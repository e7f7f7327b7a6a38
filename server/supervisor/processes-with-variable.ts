import { readdir, readFile } from "node:fs/promises";

/**
 * The processes of ours that were started with this environment variable, wherever they stand in the tree of processes. Only Linux tells;
 * elsewhere there are none.
 */
export async function processesWithVariable(name: string, value: string): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const wanted = `${name}=${value}`;
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      return environment.split("\0").includes(wanted) ? Number(pid) : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}
