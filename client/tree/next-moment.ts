import type { WorkspaceModel } from "../model/workspace-model.ts";

/** When what rows say of the future comes true by itself, an attempt or an occurrence; epoch milliseconds. `undefined`: never. */
export function nextMoment(model: WorkspaceModel, now: number): number | undefined {
  let next = Number.POSITIVE_INFINITY;
  const consider = (iso: string | null | undefined) => {
    const at = iso ? Date.parse(iso) : Number.NaN;
    if (at > now && at < next) next = at;
  };
  for (const { tasks, state } of model.folders) {
    for (const { nextAttemptAt } of tasks) consider(nextAttemptAt);
    for (const { nextOccurrence } of state.classes) consider(nextOccurrence);
  }
  return Number.isFinite(next) ? next : undefined;
}
