// Takes a mutex and keeps it. With a number of milliseconds it blocks its own event loop for that long, says so, and gives it back.
import * as fs from "node:fs";
import { TickMutex } from "../../../server/store/mutex/tick-mutex.ts";

const [directory = "", blockMs] = process.argv.slice(2);
const claim = await new TickMutex(fs, directory).take();
if (!claim) throw new Error("The mutex is not free.");
console.log(claim.number);
if (blockMs === undefined) {
  setInterval(() => {}, 1_000_000);
} else {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(blockMs));
  await claim.release();
  console.log("released");
}
