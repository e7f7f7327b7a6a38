import type { ActionError, AnyAction, Deadline, Execution } from "../../authoring/index.ts";

/*
 * Calls of the author's methods that check their return values. A value of the wrong type is an error of the author and thrown like one.
 * Values returned synchronously are not awaited: waiting would be most of the cost of small actions.
 */

export function callInit(action: AnyAction): boolean | Promise<boolean> {
  return answer(action.initActionParams(), action, "initActionParams", "true (continue) or false (nothing to do)");
}

export function callRecovery(action: AnyAction, error: ActionError): boolean | Promise<boolean> {
  return answer(action.changeActionParamsOnError(error), action, "changeActionParamsOnError", "true (try again) or false (give up)");
}

/** Saves the params durably. */
export interface Checkpoints {
  checkpoint(): Promise<void>;
}

/** Treats each `yield` of a generator as a checkpoint. */
export function callExecute(action: AnyAction, deadline: Deadline, checkpoints: Checkpoints): boolean | Promise<boolean> {
  const execution: Execution = action.executeAction(deadline);
  if (isGenerator(execution)) return drive(action, execution, deadline, checkpoints);
  return answer(execution, action, "executeAction", "true (finished) or false (paused)");
}

/** A generator that ends without a value has finished. */
async function drive(
  action: AnyAction,
  generator: AsyncGenerator<unknown, unknown, unknown>,
  deadline: Deadline,
  checkpoints: Checkpoints,
): Promise<boolean> {
  for (;;) {
    const { done, value } = await generator.next();
    if (done)
      return value === undefined ? true : requireBoolean(value, action, "executeAction", "true or nothing (finished) or false (paused)");
    await checkpointOrEnd(generator, checkpoints);
    if (deadline.isReached()) {
      await generator.return(false);
      return false;
    }
  }
}

/** Ends a generator that cannot be saved, so that its `finally` runs as it would for a throw. */
async function checkpointOrEnd(generator: AsyncGenerator<unknown, unknown, unknown>, checkpoints: Checkpoints): Promise<void> {
  try {
    await checkpoints.checkpoint();
  } catch (error) {
    await generator.return(false);
    throw error;
  }
}

function isGenerator(execution: unknown): execution is AsyncGenerator<unknown, unknown, unknown> {
  return typeof execution === "object" && execution !== null && Symbol.asyncIterator in execution;
}

function answer(given: boolean | Promise<boolean>, action: AnyAction, method: string, expected: string): boolean | Promise<boolean> {
  return typeof given === "boolean" ? given : awaitAnswer(given, action, method, expected);
}

async function awaitAnswer(given: unknown, action: AnyAction, method: string, expected: string): Promise<boolean> {
  return requireBoolean(await given, action, method, expected);
}

function requireBoolean(value: unknown, action: AnyAction, method: string, expected: string): boolean {
  if (typeof value === "boolean") return value;
  const given = value === null ? "null" : typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
  throw new TypeError(`${method} of ${action.constructor.name} returned ${given}; return ${expected}.`);
}
