import * as ts from "typescript";
import { cron } from "../../authoring/cron.ts";
import { every } from "../../authoring/every.ts";
import type { Schedule } from "../../authoring/schedule.ts";
import { weekly } from "../../authoring/weekly.ts";
import { nodesOf } from "../syntax/nodes.ts";
import { staticValue } from "../values/static-value.ts";
import { PACKAGE } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Check, CheckContext, Report } from "./check.ts";

const MAKERS: Readonly<Record<string, (...args: never[]) => Schedule>> = { cron, every, weekly };

/** The schedule is made as the engine would make it, from what is written down; where only executing the file tells, nothing is said. */
export const scheduleNeverDue: Check = {
  code: "schedule-never-due",
  defaultSeverity: "error",
  title: "A schedule is invalid, or never due",
  *run(context) {
    for (const node of nodesOf(context.module.source)) if (ts.isCallExpression(node)) yield* inCall(context, node);
  },
};

function* inCall({ modules, module }: CheckContext, call: ts.CallExpression): Generator<Report> {
  const meaning = expressionMeaning(modules, module, call.expression);
  if (meaning?.kind !== "package" || meaning.specifier !== PACKAGE || !Object.hasOwn(MAKERS, meaning.name)) return;
  const make = MAKERS[meaning.name] as (...args: unknown[]) => Schedule;
  const args = call.arguments.map((argument) => staticValue(modules, module, argument));
  if (args.length === 0 || args.some((argument) => argument === undefined)) return;
  const values = args.map((argument) => argument?.value);
  const problem = problemOf(() => make(...values), values);
  if (problem !== undefined) yield { at: call.arguments[0] ?? call, message: problem };
}

function problemOf(make: () => Schedule, [options]: readonly unknown[]): string | undefined {
  let schedule: Schedule;
  try {
    schedule = make();
  } catch (error) {
    return (error as Error).message;
  }
  const isDisabled = typeof options === "object" && options !== null && "enabled" in options && options.enabled === false;
  if (isDisabled || schedule.getNextOccurrence(new Date()) !== null) return undefined;
  return `${schedule.describe?.() ?? "This schedule"} is never due again. Give it a time in the future, or remove the schedule.`;
}
