import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "../bundle.mjs";
import { mochaArguments } from "./mocha-options.mjs";
import { filesOf } from "./suites.mjs";

/**
 * Runs suites with mocha in a process of their own.
 *
 * @param build where the tests are built to; relative to the root, in which nobody else's are.
 * @param timeout milliseconds for one test.
 * @returns whether all passed.
 */
export async function runInNode({ root, build, suites, timeout, options, environment }) {
  const entryPoints = filesOf(root, suites, ".test.ts");
  // Programs are what tests start as processes of their own.
  await bundle(root, join(root, build), [...entryPoints, ...filesOf(root, suites, ".program.ts")], { outbase: "." });
  const mocha = join(root, "node_modules/mocha/bin/mocha.js");
  const reporter = join(root, "scripts/test-reporter.cjs");
  const args = ["--no-config", "--enable-source-maps", "--reporter", reporter, ...mochaArguments(timeout, options)];
  const { status } = spawnSync(
    process.execPath,
    [mocha, ...args, ...entryPoints.map((file) => join(build, file.replace(/\.ts$/, ".js")))],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, NODE_OPTIONS: "", TEST_BUILD: build, ...environment },
    },
  );
  return status === 0;
}
