// Ticks a workspace so many times, one after the other, and prints each report as a line of JSON.
import { Supervisor } from "../../../server/supervisor/index.ts";
import { workerPath } from "./worker-path.ts";

const [workspace = "", ticks = "1"] = process.argv.slice(2);
const supervisor = new Supervisor({ workspace, workerPath, durability: "process", graceMs: 60_000 });
for (let tick = 0; tick < Number(ticks); tick++) {
  console.log(JSON.stringify(await supervisor.tick({ maxExecutionTimeMs: 120_000 })));
}
await supervisor.close();
