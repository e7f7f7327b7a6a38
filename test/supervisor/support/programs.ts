import { join, resolve } from "node:path";

/** The worker as it ships. */
export const workerPath = resolve(process.env.DIST ?? "dist", "worker.js");

/** A program of this suite, built for tests. */
export function programPath(name: string): string {
  return resolve(join(process.env.TEST_BUILD ?? ".test-build", "test/supervisor/support", `${name}.program.js`));
}
