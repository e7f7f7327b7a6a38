import assert from "node:assert/strict";
import { join } from "node:path";
import { programPath } from "../support/program-path.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { isThorough } from "../support/thoroughness.ts";
import { CALL_FAULTS, Campaign, POWER_CUTS, type Trial } from "./campaign.ts";
import { seeded } from "./seeded.ts";

/** Of each kind. */
const FAULTS = isThorough ? 3 : 1;
const CUTS = isThorough ? 6 : 2;

describe("The command line keeps its promises, and blames the right one", function () {
  this.timeout(600_000);
  const directory = makeTemporaryDirectory();
  const campaign = new Campaign({
    programs: { cli: join(process.env.DIST ?? "dist", "cli.js"), injector: programPath("faults/injection/inject") },
    taskFile: "test/faults/fixtures/deliver.task.ts",
    directory,
    random: seeded(1),
    keep: false,
  });
  before(() => campaign.rehearse());
  after(() => removeDirectory(directory));

  for (const kind of CALL_FAULTS) it(`at "${kind}" in a call of the file system`, () => survives(campaign.tryFaults(kind, FAULTS)));
  for (const kind of POWER_CUTS) it(`after a ${kind}`, () => survives(campaign.cutPower(kind, CUTS)));
});

async function survives(trials: AsyncGenerator<() => Promise<Trial>>): Promise<void> {
  const wrong: string[] = [];
  for await (const run of trials) {
    const trial = await run();
    if (trial.wrong.length > 0) wrong.push(`${trial.kind} at ${trial.place}:`, ...trial.wrong.map((text) => `  ${text}`));
  }
  assert.equal(wrong.join("\n"), "");
}
