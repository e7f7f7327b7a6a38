import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of its own for each test of the suite it is called in, removed afterwards. */
export function temporaryDirectory(): () => string {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "background-tasks-store-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return () => directory;
}
