import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * On the disk of the checkout, because the system's directory for temporary files is often in memory, where making something durable costs
 * nothing. `BENCH_DIRECTORY` chooses another disk.
 */
const PARENT = process.env.BENCH_DIRECTORY ?? ".test-build-bench-files";

/** Gives `work` an empty directory of its own and removes it afterwards. */
export async function inScratch<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  mkdirSync(PARENT, { recursive: true });
  const directory = mkdtempSync(join(PARENT, "bench-"));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
