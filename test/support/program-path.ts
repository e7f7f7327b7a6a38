import { join, resolve } from "node:path";

/** A program that a test starts as a process of its own, built together with it. `name`: its path in test/, without `.program.ts`. */
export function programPath(name: string): string {
  return resolve(process.env.TEST_BUILD ?? ".test-build", join("test", `${name}.program.js`));
}
