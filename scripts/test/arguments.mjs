import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { mochaOptions } from "./mocha-options.mjs";

/** Of `[--jobs N] [suite or file …] [-- mocha options]`. Ends the process, and says why, where they are none. */
export function readArguments(args) {
  const split = args.includes("--") ? args.indexOf("--") : args.length;
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(0, split),
      options: { jobs: { type: "string", short: "j", default: String(availableParallelism()) } },
      allowPositionals: true,
    });
    const jobs = Number(values.jobs);
    if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs is "${values.jobs}": it is how many processes run at a time.`);
    const options = args.slice(split + 1);
    mochaOptions(0, options);
    return { names: positionals, jobs, options };
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}
