import type * as ts from "typescript";
import { cron } from "../../authoring/cron.ts";
import { every } from "../../authoring/every.ts";
import type { Schedule } from "../../authoring/schedule.ts";
import { weekly } from "../../authoring/weekly.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import type { Modules } from "../workspace/modules.ts";
import { packageCall } from "./package-call.ts";

const MAKERS: Readonly<Record<string, (...args: never[]) => Schedule>> = { cron, every, weekly };

/** A call that makes a schedule, as it is written down. */
export interface WrittenSchedule {
  /** The schedule as the engine would make it. @throws RangeError where it would refuse to. */
  readonly make: () => Schedule;
  /** Whether it was switched off on purpose. */
  readonly isDisabled: boolean;
}

/** What a call of `cron`, `every` or `weekly` makes; `undefined` for other calls, and where only executing the file tells. */
export function writtenSchedule(modules: Modules, module: ModuleSyntax, call: ts.CallExpression): WrittenSchedule | undefined {
  const called = packageCall(modules, module, call);
  if (!called || called.args.length === 0 || !Object.hasOwn(MAKERS, called.name)) return undefined;
  const make = MAKERS[called.name] as (...args: readonly unknown[]) => Schedule;
  const [options] = called.args;
  const isDisabled = typeof options === "object" && options !== null && "enabled" in options && options.enabled === false;
  return { make: () => make(...called.args), isDisabled };
}
