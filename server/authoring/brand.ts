/**
 * Identify classes instead of `instanceof`: the engine and a task file may each load their own copy of this package, and registered symbols
 * are shared by both.
 */
export const TASK_BRAND: unique symbol = Symbol.for("background-task-ex.task") as never;
export const ACTION_BRAND: unique symbol = Symbol.for("background-task-ex.action") as never;
export const PROCESS_BRAND: unique symbol = Symbol.for("background-task-ex.process") as never;

/** The key under which the engine attaches its host to an instance. */
export const HOST: unique symbol = Symbol.for("background-task-ex.host") as never;

/** Marks the base classes' own methods, so that the engine can tell which ones a subclass overrides, even across copies of the package. */
export const DEFAULT_METHOD: unique symbol = Symbol.for("background-task-ex.default-method") as never;

/** The key under which a function returned by `backoff` describes its range of delays. */
export const DELAY_RANGE: unique symbol = Symbol.for("background-task-ex.delay-range") as never;

/** Marks a method as the base class's own. */
export function markDefault(method: object): void {
  Object.defineProperty(method, DEFAULT_METHOD, { value: true });
}
