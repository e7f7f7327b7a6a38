export type { LoadProblem } from "./load-problem.ts";
export { type LoadedClasses, type LoadOptions, loadTaskClasses } from "./load-task-classes.ts";
