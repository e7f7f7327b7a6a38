export type { RepeatDebugging, RepeatResult } from "./debug/repeat-run.ts";
export type { TickDebugging } from "./debug/tick-debugging.ts";
export { Supervisor } from "./supervisor.ts";
export type { NewTask, SupervisorOptions, TickOptions } from "./supervisor-options.ts";
export { WorkerError } from "./worker-failure.ts";
