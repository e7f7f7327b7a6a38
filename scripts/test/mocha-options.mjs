import { parseArgs } from "node:util";

/** On a machine that others keep busy a real process may be starved for longer than a test allows; what fails twice is broken. */
const CI_OPTIONS = process.env.CI ? ["--retries", "1", "--forbid-only"] : [];

/** For mocha's constructor. Understands the options that say which tests to run, and how often. */
export function mochaOptions(timeout, given) {
  const { values } = parseArgs({
    args: ["--timeout", String(timeout), ...CI_OPTIONS, ...given],
    options: {
      bail: { type: "boolean", short: "b" },
      fgrep: { type: "string", short: "f" },
      "forbid-only": { type: "boolean" },
      grep: { type: "string", short: "g" },
      invert: { type: "boolean", short: "i" },
      retries: { type: "string" },
      slow: { type: "string", short: "s" },
      timeout: { type: "string", short: "t" },
    },
  });
  const { bail, fgrep, grep, invert, "forbid-only": forbidOnly, retries = "0", slow = "1000", timeout: limit } = values;
  return { bail, fgrep, grep, invert, forbidOnly, retries: Number(retries), slow: Number(slow), timeout: Number(limit) };
}
