import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds for what takes a moment on a machine with nothing else to do. */
const PATIENCE = 20_000;

/** Resolves when it is so, looking often; fails when it does not come to that. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>, patience = PATIENCE): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${what}`);
    await delay(20);
  }
}

/** Zombies, which only wait for their parent to take notice, are not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
