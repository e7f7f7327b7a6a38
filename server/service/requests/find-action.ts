import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import { didYouMean } from "../closest-name.ts";
import { InputError } from "../input-error.ts";
import { isEditable } from "./params-edit.ts";

/**
 * Finds an action of a task by its id or a unique name. Without one: the current action, or else the only one whose params can be edited.
 *
 * @throws InputError if there is none, or several.
 */
export function findAction(task: TaskRecord, idOrName?: string): ActionRecord {
  const { actions } = task;
  if (idOrName === undefined) {
    const editable = actions.filter((action) => isEditable(task, action));
    const [only, ...others] = editable;
    const meant = actions.find(({ id }) => id === task.currentAction) ?? (others.length === 0 ? only : undefined);
    if (meant) return meant;
    if (!only) throw new InputError(`Task ${task.name} (${task.id}) has no action left to execute.`);
    throw new InputError(`Task ${task.name} (${task.id}) has several actions. Specify one: ${listed(editable)}.`);
  }
  const byId = actions.find(({ id }) => id === idOrName);
  if (byId) return byId;
  const [only, ...others] = actions.filter(({ name }) => name === idOrName);
  if (!only) {
    const hint = didYouMean(idOrName, [...new Set(actions.flatMap(({ id, name }) => [name, id]))]);
    throw new InputError(
      `Task ${task.name} (${task.id}) has no action "${idOrName}".${hint || ` Its actions: ${listed(actions) || "none"}.`}`,
    );
  }
  if (others.length > 0) {
    throw new InputError(
      `${others.length + 1} actions of task ${task.name} (${task.id}) are named "${idOrName}". Specify one by its id: ${listed([only, ...others])}.`,
    );
  }
  return only;
}

function listed(actions: readonly ActionRecord[]): string {
  return actions.map(({ id, name }) => `${id} (${name})`).join(", ");
}
