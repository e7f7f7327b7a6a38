// Mocha's own report, and one plain last line that any reader of a log understands: "12 passed, 0 failed". Where tests are run in
// several processes, TEST_COUNTS names a file that gets a line of JSON instead, and the process that started them prints the totals.
const { appendFileSync } = require("node:fs");
const { relative } = require("node:path");
const { format } = require("node:util");
const { reporters, Runner } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      reporters.Base.consoleLog(`    retried: ${test.fullTitle()}: ${error.message}`);
    });
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const { TEST_COUNTS } = process.env;
    if (TEST_COUNTS) appendFileSync(TEST_COUNTS, `${JSON.stringify({ passes, failures, pending, failed: this.failures.map(failed) })}\n`);
    else reporters.Base.consoleLog(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }
};

/** A failed test, for the list at the end of all processes: its source and mocha's report. */
function failed(test) {
  return { file: sourceOf(test.file), report: reported(test) };
}

function reported(test) {
  const { consoleLog } = reporters.Base;
  const lines = [];
  reporters.Base.consoleLog = (...args) => lines.push(format(...args));
  try {
    reporters.Base.list([test]);
  } finally {
    reporters.Base.consoleLog = consoleLog;
  }
  return lines.join("\n").replace("1) ", "").trim();
}

/** Of a file that was built, relative to the repository. */
function sourceOf(file) {
  const { TEST_BUILD } = process.env;
  if (!file || !TEST_BUILD) return undefined;
  return relative(TEST_BUILD, file).replaceAll("\\", "/").replace(/\.js$/, ".ts");
}
