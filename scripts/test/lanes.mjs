import { suiteOf } from "./suites.mjs";

/** Enough for starting a process to cost little, and few enough for the processes to end at about the same time. */
const FILES_OF_A_PROCESS = 8;
const TIMING = ".timing.test.ts";

/**
 * Which files are run in one process: those of a suite together, of a large one in several. What asserts how long something takes is run
 * when nothing else is.
 *
 * @returns `sideBySide` and `alone`: lists of `{ name, files }`.
 */
export function lanesOf(files) {
  const timing = files.filter((file) => file.endsWith(TIMING));
  return {
    sideBySide: partsOfSuites(files.filter((file) => !file.endsWith(TIMING))),
    alone: timing.length > 0 ? [{ name: "timing", files: timing }] : [],
  };
}

/** The largest come first, so that none of them is what all others have to wait for in the end. */
function partsOfSuites(files) {
  return [...new Set(files.map(suiteOf))]
    .flatMap((suite) =>
      partsOf(
        suite,
        files.filter((file) => suiteOf(file) === suite),
      ),
    )
    .sort((a, b) => b.files.length - a.files.length);
}

function partsOf(suite, files) {
  const count = Math.ceil(files.length / FILES_OF_A_PROCESS);
  const size = Math.ceil(files.length / count);
  return Array.from({ length: count }, (_, index) => ({
    name: count > 1 ? `${suite} ${index + 1} of ${count}` : suite,
    files: files.slice(index * size, (index + 1) * size),
  }));
}
