// Runs the tests: `node scripts/test.mjs [suite …] [-- mocha options]`. A suite is a folder of test/; without one all of them run.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { setUp } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const buildName = process.env.TEST_BUILD ?? ".test-build";
const buildDirectory = join(root, buildName);
const args = process.argv.slice(2);
const split = args.indexOf("--");
const suites = split < 0 ? args : args.slice(0, split);
const mochaOptions = split < 0 ? [] : args.slice(split + 1);

setUp({ build: process.env.DIST === undefined, declarations: true });
const chosen = suites.length > 0 ? suites : allSuites();
const entryPoints = filesOf(chosen, ".test.ts");
// Programs are what tests start as processes of their own.
await bundle(root, buildDirectory, [...entryPoints, ...filesOf(chosen, ".program.ts")], { outbase: "." });
/** On a machine that others keep busy a real process may be starved for longer than a test allows; what fails twice is broken. */
const retries = process.env.CI ? ["--retries", "1"] : [];
const mocha = join(root, "node_modules/mocha/bin/mocha.js");
const reporter = join(root, "scripts/test-reporter.cjs");
const options = ["--no-config", "--enable-source-maps", "--timeout", "60000", ...retries, "--reporter", reporter, "--fail-zero"];
if (process.env.CI) options.push("--forbid-only");
const result = spawnSync(process.execPath, [mocha, ...options, ...mochaOptions, ...entryPoints.map(builtName)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: "" },
});
process.exit(result.status ?? 1);

function allSuites() {
  return readdirSync(join(root, "test"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function filesOf(names, ending) {
  return names.flatMap((name) => {
    const directory = join(root, "test", name);
    if (!existsSync(directory)) throw new Error(`There is no suite test/${name}; there are ${allSuites().join(", ")}.`);
    return readdirSync(directory, { recursive: true })
      .filter((file) => file.endsWith(ending))
      .map((file) => join("test", name, file));
  });
}

function builtName(file) {
  return join(buildName, file.replace(/\.ts$/, ".js"));
}
