import type { TaskClass } from "./class-registry.ts";
import { acceptedParams } from "./new-task-record.ts";

/** The params of the tasks that a class's schedule creates. */
export function scheduledParamsOf({ scheduledParams = {} }: Pick<TaskClass, "scheduledParams">): unknown {
  return scheduledParams;
}

/**
 * Why the schedule of a class cannot create tasks: its `static params` refuse the params that they would have. `undefined` if it can, and if
 * an asynchronous schema decides, which may have effects: that one is only asked when a task is due.
 */
export function scheduledParamsProblem(taskClass: TaskClass): string | undefined {
  if (taskClass.schedule === undefined) return undefined;
  try {
    const accepted = acceptedParams(taskClass, scheduledParamsOf(taskClass));
    if (typeof accepted !== "string") accepted.catch(() => {});
    return undefined;
  } catch (error) {
    const remedy =
      taskClass.scheduledParams === undefined
        ? "Without static scheduledParams they are {}: set those, or give the schema defaults."
        : "Correct static scheduledParams.";
    return `The schedule of ${taskClass.name} cannot create tasks. ${(error as Error).message.replaceAll(/\n {2}- /g, " ")}. ${remedy}`;
  }
}
