import type { StepChange } from "./task-machine.ts";

/** Combines two consecutive changes into one with the same effect, so that both are one line in the store. */
export function mergeChanges(first: StepChange, second: StepChange): StepChange {
  if (isEmpty(first)) return second;
  if (isEmpty(second)) return first;
  const merged: { -readonly [Key in keyof StepChange]: StepChange[Key] } = {};
  const set = mergedSet(first, second);
  const unset = mergedUnset(first, second);
  if (set) merged.set = set;
  if (unset && unset.length > 0) merged.unset = unset;
  if (first.actions || second.actions) merged.actions = [...(first.actions ?? []), ...(second.actions ?? [])];
  if (first.addActions || second.addActions) merged.addActions = [...(first.addActions ?? []), ...(second.addActions ?? [])];
  return merged;
}

export function isEmpty(change: StepChange): boolean {
  return !change.set && !change.unset && !change.actions && !change.addActions;
}

/** The first change need not set what the second removes. */
function mergedSet(first: StepChange, second: StepChange): StepChange["set"] {
  if (!first.set) return second.set;
  const set: Record<string, unknown> = { ...first.set };
  for (const key of second.unset ?? []) delete set[key];
  return Object.assign(set, second.set);
}

/** What the second change sets again must not be removed. */
function mergedUnset({ unset: first = [] }: StepChange, { set = {}, unset: second = [] }: StepChange): StepChange["unset"] {
  if (first.length === 0) return second;
  return [...first.filter((key) => !second.includes(key) && !(key in set)), ...second];
}
