import type { Json } from "../../authoring/index.ts";
import type { ActionChange, ActionId, ActionRecord, ParamsEdit, TaskRecord } from "../../store/index.ts";
import { isInFlight, type StepChange } from "../machine/task-machine.ts";

/** New params for an action, given by a user. */
export interface ParamsEditRequest {
  readonly action: ActionId;
  readonly params: Json;
  /** The params the user saw. If the saved params differ by now, the edit is refused: the action has continued with those. */
  readonly before?: Json;
}

/** How many edits of an action are kept. */
const KEPT_EDITS = 10;

/**
 * Why an edit makes no sense for the task in its current state; `undefined` if it does.
 *
 * @param ticking the fencing number of the current tick; without it nothing is being executed.
 */
export function refusalOfEdit(task: TaskRecord, { action: id, params, before }: ParamsEditRequest, ticking?: number): string | undefined {
  const action = task.actions.find((candidate) => candidate.id === id);
  if (!action) return `Task ${task.name} (${task.id}) has no action ${id}.`;
  return refusalOfAction(task, action, ticking) ?? refusalOfParams(nameOf(action, task), action.params, params, before);
}

/** True if the params of the action will be used, so that editing them makes sense. */
export function isEditable(task: TaskRecord, action: ActionRecord): boolean {
  return refusalOfAction(task, action, undefined) === undefined;
}

function refusalOfAction(task: TaskRecord, action: ActionRecord, ticking: number | undefined): string | undefined {
  const isCurrent = task.currentAction === action.id;
  if (action.outcome !== undefined && !(isCurrent && task.status === "failed")) {
    return `${nameOf(action, task)} has ended (${action.outcome}); its params are no longer used.`;
  }
  if (!isCurrent) return undefined;
  if (ticking !== undefined && task.fence === ticking && isInFlight(task)) {
    return `${nameOf(action, task)} is being executed: pause the task first, then edit the params.`;
  }
  if (task.status === "starting" || task.status === "recovering") {
    return `${nameOf(action, task)} will be given up by the next tick because it failed while ${task.status}; its params are no longer used.`;
  }
  return undefined;
}

function refusalOfParams(name: string, saved: Json, params: Json, before: Json | undefined): string | undefined {
  const kind = kindOf(saved);
  if (kindOf(params) !== kind) return `The params of ${name} must be ${kind}, as they are now, not ${JSON.stringify(params)}.`;
  if (before === undefined || isSame(before, saved)) return undefined;
  return `${name} has continued in the meantime: its params are now ${JSON.stringify(saved)}. Edit those.`;
}

/** Returns the changes of an edit that is not refused. */
export function editOf(task: TaskRecord, { action: id, params }: ParamsEditRequest, at: string): StepChange | undefined {
  const action = task.actions.find((candidate) => candidate.id === id);
  if (!action || isSame(action.params, params)) return undefined;
  const edit: ParamsEdit = { at, before: action.params, after: params };
  const edits = [...(action.edits ?? []), edit].slice(-KEPT_EDITS);
  // Only a failed attempt is followed by a recovery, which would change what the user has chosen, or give up.
  const isRepair = task.currentAction === id && task.status === "running";
  const change: ActionChange = {
    id,
    set: { params, edits, ...(isRepair && { repaired: true as const }) },
    ...(action.idlePauses !== undefined && { unset: ["idlePauses"] }),
  };
  return { actions: [change] };
}

function nameOf(action: ActionRecord, task: TaskRecord): string {
  return `Action ${action.name} of task ${task.name} (${task.id})`;
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a JSON array";
  return typeof value === "object" ? "a JSON object" : `a ${typeof value}`;
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
