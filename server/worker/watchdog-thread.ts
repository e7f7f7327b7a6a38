import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { mainThreadFrames } from "./main-thread-frames.ts";
import { descendantsOf, kill, killGroup } from "./process-tree.ts";
import type { WatchdogData, WatchdogNotice } from "./watchdog.ts";

/** Milliseconds the main thread has to pause what it executes and to save that, once the supervisor is gone. */
const COOPERATION_TIME = 550;
/** Milliseconds for leaving word that this end is nobody's failure. */
const REQUEST_TIME = 250;

const { lifelineFd, storeDirectory }: WatchdogData = workerData;
let fence: number | undefined;
parentPort?.on("message", (notice: WatchdogNotice) => {
  fence = notice.fence;
});

const lifeline = new Socket({ fd: lifelineFd, readable: true, writable: true });
// Each byte is a question: where is the main thread? Each answer is a line.
lifeline.on("data", () => mainThreadFrames((frames) => lifeline.write(`${JSON.stringify(frames)}\n`)));
lifeline.on("error", () => {});
lifeline.once("close", () => void endWithoutSupervisor());

async function endWithoutSupervisor(): Promise<void> {
  await passing(COOPERATION_TIME);
  await Promise.race([leaveWord().catch(() => {}), passing(REQUEST_TIME)]);
  const descendants = await Promise.race([descendantsOf(process.pid), passing(REQUEST_TIME)]);
  for (const descendant of descendants ?? []) kill(descendant);
  await Promise.race([killGroup(process.pid), passing(REQUEST_TIME)]);
  process.kill(process.pid, "SIGKILL");
}

/** The next tick goes on with the action as if it had paused. */
async function leaveWord(): Promise<void> {
  if (fence === undefined) return;
  const { JsonTaskStore } = await import("../store/json-task-store.ts");
  const store = await JsonTaskStore.open(storeDirectory);
  await store.submit({ kind: "interrupted", fence });
}

function passing(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
