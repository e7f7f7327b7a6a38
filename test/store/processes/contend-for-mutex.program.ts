// Takes a mutex again and again, together with others that do the same, and proves each time that it is alone.
import * as fs from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { TickMutex } from "../../../server/store/mutex/tick-mutex.ts";

const [directory = "", turns = ""] = process.argv.slice(2);
const mutex = new TickMutex(fs, join(directory, "tick.lock"));
const marker = join(directory, "inside");
for (let turn = 0; turn < Number(turns); ) {
  const claim = await mutex.take();
  if (!claim) {
    await delay(1);
    continue;
  }
  // The system's own proof: creating it exclusively fails if anybody else is inside.
  fs.closeSync(fs.openSync(marker, "wx"));
  await delay(turn % 3);
  fs.unlinkSync(marker);
  console.log(claim.number);
  await claim.release();
  turn++;
}
