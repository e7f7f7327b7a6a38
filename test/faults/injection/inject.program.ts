// Loaded into each process of a command before anything else (`node --import`): makes its calls of the file system fail as told.
import { isMainThread } from "node:worker_threads";
import type { Injection } from "./fault.ts";
import { interceptFileCalls } from "./intercept-file-calls.ts";

const { FAULT_INJECTION } = process.env;
if (FAULT_INJECTION && isMainThread) await interceptFileCalls(JSON.parse(FAULT_INJECTION) as Injection);
