// `npm run faults`: see scripts/faults.mjs.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { CALL_FAULTS, Campaign, KINDS, type Kind, POWER_CUTS, type Trial } from "./campaign.ts";
import { seeded } from "./seeded.ts";
import { table } from "./table.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    cuts: { type: "string", default: "300" },
    only: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    keep: { type: "boolean", default: false },
  },
});
const { DIST = "dist", FAULTS_BUILD = "" } = process.env;
const chosen = values.only?.split(",").map((name) => name.trim()) ?? KINDS;
const unknown = chosen.filter((name) => !KINDS.includes(name as Kind));
if (unknown.length > 0) throw new Error(`There is no fault "${unknown.join('", "')}"; there are: ${KINDS.join(", ")}.`);

const directory = makeTemporaryDirectory();
const campaign = new Campaign({
  programs: { cli: join(DIST, "cli.js"), injector: join(FAULTS_BUILD, "injection/inject.program.js") },
  taskFile: "test/faults/fixtures/deliver.task.ts",
  directory,
  random: seeded(Number(values.seed)),
  keep: values.keep,
});
await campaign.rehearse();
const trials: Trial[] = [];
for (const kind of CALL_FAULTS) if (chosen.includes(kind)) await tryAll(kind, campaign.tryFaults(kind, Number(values.count)));
for (const kind of POWER_CUTS) if (chosen.includes(kind)) await tryAll(kind, campaign.cutPower(kind, Number(values.cuts)));
console.log(table(trials));
const failures = trials.filter(({ wrong }) => wrong.length > 0);
if (values.keep && failures.length > 0) console.log(`The folders of failures are in ${directory}.`);
else await removeDirectory(directory);
process.exit(failures.length > 0 ? 1 : 0);

async function tryAll(kind: Kind, tries: AsyncGenerator<() => Promise<Trial>>): Promise<void> {
  const started = Date.now();
  let done = 0;
  const work = async () => {
    for (let next = await tries.next(); !next.done; next = await tries.next()) {
      const trial = await next.value();
      trials.push(trial);
      done++;
      if (trial.wrong.length > 0)
        console.error(`✗ ${kind} at ${trial.place}\n    ${trial.wrong.join("\n    ")}${trial.directory ? `\n    ${trial.directory}` : ""}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  console.error(`${kind}: ${done} tried in ${Math.round((Date.now() - started) / 1000)} s`);
}
