import { actionNotExported } from "./action-not-exported.ts";
import { blockingProcess } from "./blocking-process.ts";
import type { Check } from "./check.ts";
import { constructorNotCallable } from "./constructor-not-callable.ts";
import { duplicateClassName } from "./duplicate-class-name.ts";
import { equalRanks } from "./equal-ranks.ts";
import { floatingPromise } from "./floating-promise.ts";
import { loopIgnoresDeadline } from "./loop-ignores-deadline.ts";
import { missingResult } from "./missing-result.ts";
import { paramsNotJson } from "./params-not-json.ts";
import { poisonLoop } from "./poison-loop.ts";
import { scheduleNeverDue } from "./schedule-never-due.ts";
import { scheduledWithoutParams } from "./scheduled-without-params.ts";
import { unreachableAction } from "./unreachable-action.ts";

/** All checks, in the order of the documentation. */
export const CHECKS: readonly Check[] = [
  loopIgnoresDeadline,
  missingResult,
  floatingPromise,
  blockingProcess,
  poisonLoop,
  paramsNotJson,
  constructorNotCallable,
  actionNotExported,
  unreachableAction,
  equalRanks,
  duplicateClassName,
  scheduleNeverDue,
  scheduledWithoutParams,
];
