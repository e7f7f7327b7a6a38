import type { ACCEPTS, ActionOptions, Execution } from "./background-task-ex-action.ts";
import type { ParamsSchema, SchemaInput, SchemaOutput } from "./params-schema.ts";

/**
 * An action class that can be constructed from `Params` and belong to `Task`. What it accepts is read from a types-only property: TypeScript
 * compares constructor parameters bivariantly, so it would accept an action that needs more than the task has.
 */
// biome-ignore lint/suspicious/noExplicitAny: in `static actions`, the task's class cannot name itself without a circle.
export interface ActionClass<Params, Task = any> {
  new (
    // biome-ignore lint/suspicious/noExplicitAny: the constructor's own parameter is compared by ACCEPTS.
    params: any,
    options?: ActionOptions,
  ): { readonly [ACCEPTS]: (params: Params, task: Task) => void; executeAction(...deadline: never): Execution };
  readonly name: string;
}

/**
 * For `static readonly actions = […] satisfies Actions<Params>`: reports a compile error at an action class that cannot be constructed from
 * the task's params.
 */
export type Actions<Params> = readonly ActionClass<Params>[];

/** The params type of a task or action class. */
export type ParamsOf<Class> = Class extends abstract new (...args: never) => { params: infer Params } ? Params : never;

/** The params a task is created with: the input of `static params` if the class has such a schema. */
export type NewParamsOf<Class> = SchemaInput<Class, ParamsOf<Class>>;

/** The params and the task accepted by an action class, or by every member of a union of action classes. */
type AcceptedBy<Class> = [Class] extends [
  abstract new (...args: never) => { readonly [ACCEPTS]: (params: infer Params, task: infer Task) => void },
]
  ? [params: Params, task: Task]
  : never;

/**
 * A task class whose `static actions` all accept its params and its tasks, whose `static params` schema outputs them, and whose schedule, if it
 * has one, creates tasks with params that fit.
 */
export type CheckedTaskClass<Class> = Class & CheckedActions<Class> & CheckedSchema<Class> & CheckedSchedule<Class>;

type CheckedActions<Class> = Class extends { readonly actions: readonly (infer Action)[] }
  ? [params: ParamsOf<Class>, task: TaskOf<Class>] extends AcceptedBy<Action>
    ? unknown
    : { readonly actions: readonly ActionClass<ParamsOf<Class>, TaskOf<Class>>[] }
  : unknown;

type TaskOf<Class> = Class extends abstract new (...args: never) => infer Task ? Task : never;

type CheckedSchema<Class> =
  SchemaOutput<Class, ParamsOf<Class>> extends ParamsOf<Class> ? unknown : { readonly params: ParamsSchema<unknown, ParamsOf<Class>> };

/** Without strictNullChecks every class seems to have a schedule; those are not checked. */
type CheckedSchedule<Class> = Class extends { readonly schedule: infer When }
  ? undefined extends When
    ? unknown
    : ScheduledParamsOf<Class> extends NewParamsOf<Class>
      ? unknown
      : { readonly scheduledParams: NewParamsOf<Class> }
  : unknown;

/** A class that declares none has the base class's `unknown`, and its scheduled tasks have no params. */
type ScheduledParamsOf<Class> = Class extends { readonly scheduledParams: infer Params }
  ? unknown extends Params
    ? Record<never, never>
    : Params
  : never;
