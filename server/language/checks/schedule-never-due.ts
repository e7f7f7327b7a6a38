import * as ts from "typescript";
import type { Schedule } from "../../authoring/schedule.ts";
import { nodesOf } from "../syntax/nodes.ts";
import { type WrittenSchedule, writtenSchedule } from "../values/written-schedule.ts";
import type { Check, CheckContext, Report } from "./check.ts";

/** Creates the schedule as the engine would, from its literal arguments; values only known at run time are not reported. */
export const scheduleNeverDue: Check = {
  code: "schedule-never-due",
  defaultSeverity: "error",
  title: "A schedule is invalid, or never due",
  *run(context) {
    for (const node of nodesOf(context.module.source)) if (ts.isCallExpression(node)) yield* inCall(context, node);
  },
};

function* inCall({ modules, module }: CheckContext, call: ts.CallExpression): Generator<Report> {
  const written = writtenSchedule(modules, module, call);
  const problem = written && problemOf(written);
  if (problem !== undefined) yield { at: call.arguments[0] ?? call, message: problem };
}

function problemOf({ make, isDisabled }: WrittenSchedule): string | undefined {
  let schedule: Schedule;
  try {
    schedule = make();
  } catch (error) {
    return (error as Error).message;
  }
  if (isDisabled || schedule.getNextOccurrence(new Date()) !== null) return undefined;
  return `${schedule.describe?.() ?? "This schedule"} is never due again. Give it a time in the future, or remove the schedule.`;
}
