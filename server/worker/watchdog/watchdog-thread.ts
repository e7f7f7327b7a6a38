import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { leaveInterrupted } from "./leave-interrupted.ts";
import { mainThreadFrames } from "./main-thread-frames.ts";
import { endOwnTree } from "./process-tree.ts";
import type { WatchdogData, WatchdogNotice } from "./watchdog.ts";

// Milliseconds after the supervisor is gone. Their sum stays below the second within which a worker must be gone.
/** Time for the main thread to notice. If it does not, it is blocked. */
const NOTICE_TIME = 250;
/** Time to pause and save the running action. */
const PAUSE_TIME = 400;
/** Time to record that this end is not a failure. */
const REQUEST_TIME = 250;

const { lifelineFd, storeDirectory }: WatchdogData = workerData;
// Whatever goes wrong in this thread, such as a question that cannot be answered, it keeps watching.
process.on("uncaughtException", () => {});

let fence: number | undefined;
let isEnding = false;
parentPort?.on("message", (notice: WatchdogNotice) => {
  if (notice.kind === "ticking") fence = notice.fence;
  else isEnding = true;
});

const lifeline = new Socket({ fd: lifelineFd, readable: true, writable: true });
// Each byte asks where the main thread is; each answer is a line.
lifeline.on("data", () => mainThreadFrames((frames) => lifeline.write(`${JSON.stringify(frames)}\n`)));
lifeline.on("error", () => {});
lifeline.once("close", () => void endWithoutSupervisor());
// The first message of this thread says that it watches.
parentPort?.postMessage("watching");

async function endWithoutSupervisor(): Promise<void> {
  try {
    await delay(NOTICE_TIME);
    if (isEnding) await delay(PAUSE_TIME);
    if (fence !== undefined) await Promise.race([leaveInterrupted(storeDirectory, fence).catch(() => {}), delay(REQUEST_TIME)]);
  } finally {
    await endOwnTree();
  }
}
