import { format } from "node:util";
import Mocha from "mocha";
import { inSourcePositions } from "./source-positions.ts";

/**
 * Runs the tests of the given modules in this extension host; rejects when one fails. `TEST_MOCHA_OPTIONS` holds mocha's options as
 * JSON, `TEST_REPORTER` the path of its reporter, `TEST_LINE` and `TEST_FAILURE` what lines and failures are marked by for whoever reads
 * the console.
 */
export async function runMocha(testFiles: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { TEST_MOCHA_OPTIONS = '{"timeout":60000}', TEST_LINE = "", TEST_FAILURE, TEST_REPORTER } = process.env;
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split("\n")) console.log(TEST_LINE + line);
  };
  const mocha = new Mocha({ ...JSON.parse(TEST_MOCHA_OPTIONS), ...(TEST_REPORTER && { reporter: TEST_REPORTER }), color: false });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  for (const load of testFiles) await load();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("fail", (test, error: Error) => {
      if (error.stack !== undefined) error.stack = inSourcePositions(error.stack);
      if (TEST_FAILURE) console.log(TEST_FAILURE + test.fullTitle());
    });
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
