import { join, resolve } from "node:path";

/** A program of this suite, built for tests. */
export function programPath(name: string): string {
  return resolve(join(process.env.TEST_BUILD ?? ".test-build", "test/runner/support", `${name}.program.js`));
}
