/**
 * Classes are recognised by these symbols, never by `instanceof`: the engine and a task file may each have loaded their own copy of
 * this package, and registered symbols are the same in both.
 */
export const TASK_BRAND: unique symbol = Symbol.for("background-task-ex.task") as never;
export const ACTION_BRAND: unique symbol = Symbol.for("background-task-ex.action") as never;
export const PROCESS_BRAND: unique symbol = Symbol.for("background-task-ex.process") as never;

/** Where the engine attaches itself to an instance. */
export const HOST: unique symbol = Symbol.for("background-task-ex.host") as never;

/** Marks the base classes' own methods, so that the engine knows what an author has overridden, whichever copy it came from. */
export const DEFAULT_METHOD: unique symbol = Symbol.for("background-task-ex.default-method") as never;

/** Where the function that `backoff` returns says what of its delays is left to chance. */
export const DELAY_RANGE: unique symbol = Symbol.for("background-task-ex.delay-range") as never;

/** Says of a function that it is the base class's own. */
export function markDefault(method: object): void {
  Object.defineProperty(method, DEFAULT_METHOD, { value: true });
}
