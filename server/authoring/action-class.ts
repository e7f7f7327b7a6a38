import type { ACCEPTS, ActionOptions, Execution } from "./background-task-ex-action.ts";
import type { ParamsSchema, SchemaInput, SchemaOutput } from "./params-schema.ts";

/**
 * A class of actions that can be made from `Params`. What the class accepts is read from a property that only the types know:
 * TypeScript compares the parameters of constructors both ways round, and so would let an action through that needs more than
 * the task has.
 */
export interface ActionClass<Params> {
  new (
    // biome-ignore lint/suspicious/noExplicitAny: the constructor's own parameter is compared by ACCEPTS.
    params: any,
    options?: ActionOptions,
  ): { readonly [ACCEPTS]: (params: Params) => void; executeAction(...deadline: never): Execution };
  readonly name: string;
}

/**
 * For `static readonly actions = […] satisfies Actions<Params>`: a compile error at the action class that cannot be made from the
 * task's params.
 */
export type Actions<Params> = readonly ActionClass<Params>[];

/** The params a class of tasks or actions has. */
export type ParamsOf<Class> = Class extends abstract new (...args: never) => { params: infer Params } ? Params : never;

/** The params a task is created with: the input of `static params` where the class has such a schema. */
export type NewParamsOf<Class> = SchemaInput<Class, ParamsOf<Class>>;

/** What an action class, or every one of a union of them, accepts. */
type AcceptedBy<Class> = [Class] extends [abstract new (...args: never) => { readonly [ACCEPTS]: (params: infer Params) => void }]
  ? Params
  : never;

/** A task class whose `static actions` can all be made from its params, and whose `static params` returns such. */
export type CheckedTaskClass<Class> = Class & CheckedActions<Class> & CheckedSchema<Class>;

type CheckedActions<Class> = Class extends { readonly actions: readonly (infer Action)[] }
  ? ParamsOf<Class> extends AcceptedBy<Action>
    ? unknown
    : { readonly actions: Actions<ParamsOf<Class>> }
  : unknown;

type CheckedSchema<Class> =
  SchemaOutput<Class, ParamsOf<Class>> extends ParamsOf<Class> ? unknown : { readonly params: ParamsSchema<unknown, ParamsOf<Class>> };
