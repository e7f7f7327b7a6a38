// Ticks a store in this very process until it has had the mutex so many times. The action notices when it is executed in two processes at once.
import { appendFileSync, closeSync, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../../server/service/index.ts";
import { JsonTaskStore } from "../../../server/store/index.ts";

const [workspace = "", ticks = "1"] = process.argv.slice(2);

/** Never finished: each tick that gets the mutex executes it. */
export class Exclusive extends BackgroundTaskExAction<{ ticks: number }> {
  async executeAction() {
    this.params.ticks++;
    const mark = join(workspace, "executing");
    try {
      closeSync(openSync(mark, "wx"));
    } catch {
      appendFileSync(join(workspace, "overlaps.txt"), "overlap\n");
      return false;
    }
    await delay(3);
    unlinkSync(mark);
    appendFileSync(join(workspace, "executions.txt"), "executed\n");
    return false;
  }
}
export class Contended extends BackgroundTaskEx<{ ticks: number }> {
  static override readonly actions = [Exclusive];
}

const store = await JsonTaskStore.open(join(workspace, ".background-tasks"), { durability: "process" });
const service = new BackgroundTaskExService({ store, classes: [Contended, Exclusive] });
if (ticks === "create") {
  await service.createTask(Contended, { ticks: 0 });
} else {
  for (let held = 0; held < Number(ticks); ) {
    const { outcome } = await service.processTasks();
    console.log(outcome);
    if (outcome !== "locked") held++;
    await delay(2 * Math.random());
  }
}
await store.close();
