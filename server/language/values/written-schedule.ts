import type * as ts from "typescript";
import { cron } from "../../authoring/cron.ts";
import { every } from "../../authoring/every.ts";
import type { Schedule } from "../../authoring/schedule.ts";
import { weekly } from "../../authoring/weekly.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import type { Modules } from "../workspace/modules.ts";
import { packageCall } from "./package-call.ts";

const MAKERS: Readonly<Record<string, (...args: never[]) => Schedule>> = { cron, every, weekly };

/** A literal call that creates a schedule. */
export interface WrittenSchedule {
  /** Creates the schedule as the engine would. @throws RangeError if the engine would refuse it. */
  readonly make: () => Schedule;
  /** True if it was disabled on purpose. */
  readonly isDisabled: boolean;
}

/** The schedule created by a call of `cron`, `every` or `weekly`; `undefined` for other calls, and if only executing the file shows it. */
export function writtenSchedule(modules: Modules, module: ModuleSyntax, call: ts.CallExpression): WrittenSchedule | undefined {
  const called = packageCall(modules, module, call);
  if (!called || called.args.length === 0 || !Object.hasOwn(MAKERS, called.name)) return undefined;
  const make = MAKERS[called.name] as (...args: readonly unknown[]) => Schedule;
  const [options] = called.args;
  const isDisabled = typeof options === "object" && options !== null && "enabled" in options && options.enabled === false;
  return { make: () => make(...called.args), isDisabled };
}
