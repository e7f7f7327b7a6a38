import { readdir, readFile } from "node:fs/promises";

/** Ids of the processes of a group whose command line contains a text. Of Linux only, as the editor for tests is. */
export async function processesOf(group: number, text: string): Promise<readonly number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(ids.map(async (id) => (await isOf(id, group, text)) && Number(id)));
  return found.filter((id) => id !== false);
}

async function isOf(id: string, group: number, text: string): Promise<boolean> {
  try {
    // "1234 (node (x)) S 1 1200 …": a name may contain anything, the group is the third after it.
    const fields = (await readFile(`/proc/${id}/stat`, "utf8")).split(") ").at(-1)?.split(" ") ?? [];
    if (Number(fields[2]) !== group) return false;
    return (await readFile(`/proc/${id}/cmdline`, "utf8")).replaceAll("\0", " ").includes(text);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
