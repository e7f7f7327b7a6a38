import type { ACCEPTS, ActionOptions, BackgroundTaskExAction, Execution } from "./background-task-ex-action.ts";

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
  ): { readonly [ACCEPTS]?: (params: Params) => void; executeAction(...deadline: never): Execution };
  readonly name: string;
}

/**
 * For `static readonly actions = […] satisfies Actions<Params>`: a compile error at the action class that cannot be made from the
 * task's params.
 */
export type Actions<Params> = readonly ActionClass<Params>[];

/** The params a class of tasks or actions is made from. */
export type ParamsOf<Class> = Class extends abstract new (params: infer Params, ...rest: never) => unknown ? Params : never;

/** What an action class, or every one of a union of them, accepts. */
type AcceptedBy<Class> = [Class] extends [abstract new (...args: never) => { readonly [ACCEPTS]?: (params: infer Params) => void }]
  ? Params
  : never;

/** A task class whose `static actions` can all be made from its params. */
export type CheckedTaskClass<Class> = Class extends { readonly actions: readonly (infer Action)[] }
  ? ParamsOf<Class> extends AcceptedBy<Action>
    ? Class
    : { readonly actions: Actions<ParamsOf<Class>> }
  : Class;

export type { BackgroundTaskExAction };
