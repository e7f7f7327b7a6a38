import type { StepChange } from "./task-machine.ts";

/** One change that does what the two do one after the other, so that both are one line in the store. */
export function mergeChanges(first: StepChange, second: StepChange): StepChange {
  const set: Record<string, unknown> = { ...first.set };
  for (const key of second.unset ?? []) delete set[key];
  Object.assign(set, second.set);
  const unset = [...new Set([...(first.unset ?? []), ...(second.unset ?? [])])].filter((key) => !(key in (second.set ?? {})));
  const actions = [...(first.actions ?? []), ...(second.actions ?? [])];
  const addActions = [...(first.addActions ?? []), ...(second.addActions ?? [])];
  return {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(actions.length > 0 ? { actions } : {}),
    ...(addActions.length > 0 ? { addActions } : {}),
  };
}

export function isEmpty(change: StepChange): boolean {
  return !change.set && !change.unset && !change.actions && !change.addActions;
}
