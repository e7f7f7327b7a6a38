import { resolve } from "node:path";

/** The worker as it ships. */
export const workerPath = resolve(process.env.DIST ?? "dist", "worker.js");
