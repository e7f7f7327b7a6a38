import { mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a directory that nothing else uses. Its path has no symbolic link, so that others see the same one. */
export function makeTemporaryDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "background-tasks-")));
}

/** Removes it with all that is in it. Windows lets a file go some time after the process that used it has ended. */
export function removeDirectory(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Gives each test of the `describe` it is called in a directory of its own, removed afterwards. */
export function temporaryDirectory(): () => string {
  let directory = "";
  beforeEach(() => {
    directory = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(directory));
  return () => directory;
}
